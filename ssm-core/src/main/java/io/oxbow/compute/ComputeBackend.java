package io.oxbow.compute;

import io.oxbow.plan.StepPlan;

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
}
