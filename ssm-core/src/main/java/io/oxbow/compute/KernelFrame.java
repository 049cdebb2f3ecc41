package io.oxbow.compute;

import io.oxbow.model.StateRows;
import io.oxbow.plan.Register;

/**
 * What an {@link OpKernel} sees while it runs: the batch, the registers of its tokens and the state
 * rows. Owned by {@link HostStepKernel}, reused from batch to batch.
 */
public final class KernelFrame {
    private final float[][] registers;
    private TokenBatch batch;
    private StateRows states;

    KernelFrame(float[][] registers) {
        this.registers = registers;
    }

    void bind(TokenBatch batch, StateRows states) {
        this.batch = batch;
        this.states = states;
        registers[0] = batch.tokens();
    }

    public TokenBatch batch() {
        return batch;
    }

    /** All rows of the table; a stream's row index is its slot. */
    public StateRows states() {
        return states;
    }

    /** Values of {@code register}: {@code (T, width)}, row-major. */
    public float[] values(Register register) {
        return registers[register.index()];
    }
}
