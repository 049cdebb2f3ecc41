package io.oxbow.compute.tornado;

/** One {@link io.oxbow.plan.StepOp} as tasks of a {@link StepGraph}. */
@FunctionalInterface
interface DeviceOp {

    /** Adds the operation's tasks, in the order in which they run. */
    void draw(DeviceFrame frame);
}
