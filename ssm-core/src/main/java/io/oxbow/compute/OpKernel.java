package io.oxbow.compute;

/**
 * One compiled {@link io.oxbow.plan.StepOp} of a CPU backend. Holds its weights in whatever packing
 * it likes; scratch memory is allocated at construction, none in {@link #run}.
 */
public interface OpKernel {

    /** Executes the operation for all tokens of the frame. */
    void run(KernelFrame frame);
}
