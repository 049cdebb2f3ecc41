package io.oxbow.compute;

import io.oxbow.plan.StepPlan;
import java.util.Optional;

/**
 * A way to execute step plans: scalar Java, SIMD, a GPU. Found through {@link
 * java.util.ServiceLoader}; implementations need a public no-argument constructor that does
 * nothing.
 */
public interface ComputeBackend {

    /** The name by which {@code oxbow.compute.backend} asks for it, for example {@code scalar}. */
    String name();

    /** Order of preference for {@code auto}: the available backend with the highest value wins. */
    int preference();

    /** Probed once and remembered. Never throws. */
    Availability availability();

    /**
     * Compiles {@code plan} for batches of up to {@code maxTokens} tokens of {@code maxStreams}
     * streams.
     *
     * @throws KernelException if this backend cannot run the plan
     */
    StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams);

    /**
     * As {@link #prepare(StepPlan, int, int)}, on a device and within a budget of its memory.
     *
     * @throws KernelException if this backend cannot run the plan, or has less memory
     */
    default StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams, DeviceShare share) {
        return prepare(plan, maxTokens, maxStreams);
    }

    /**
     * Whether batches go to another processor, which costs time for each: {@code auto} then tries
     * whether it is worth it. False for backends of the CPU.
     */
    default boolean isAccelerator() {
        return false;
    }

    /** For measurements; empty where the device is the caller's own processor. */
    default Optional<DeviceMeter> meter() {
        return Optional.empty();
    }
}
