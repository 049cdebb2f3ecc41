package io.oxbow.compute;

import io.oxbow.plan.StepPlan;

/** What a backend's own device does with its time, by the device's own clock: for measurements. */
public interface DeviceMeter {

    /**
     * Where the time of a batch goes; what is missing to the whole is the launching.
     *
     * @param kernels seconds a batch
     * @param transfers seconds a batch, to the device and from it
     */
    record BatchTimes(double kernels, double transfers) {}

    /**
     * Bytes read and bytes written a second, both counted, while the device copies its memory.
     *
     * @param bytes to copy, more than its caches hold
     * @throws KernelException if there is no memory for twice as many
     */
    double copyRate(long bytes);

    /**
     * Runs some batches of one token of each of {@code streams} streams.
     *
     * @param resident streams that take turns
     * @throws KernelException if the device cannot hold them or run the plan
     */
    BatchTimes times(StepPlan plan, int streams, int resident);
}
