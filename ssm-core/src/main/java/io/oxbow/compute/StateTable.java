package io.oxbow.compute;

import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;

/**
 * The states of the resident streams, one row a slot, where the kernel wants them: host memory for
 * CPU backends, device memory for an accelerator.
 *
 * <p>Made by {@link StepKernel#newTable}; only that kernel advances it. Fresh slots hold no
 * particular content until {@link #writeRows} or {@link #initRows}. One thread at a time.
 */
public interface StateTable extends AutoCloseable {

    StateLayout layout();

    /** Number of slots. */
    int capacity();

    /** Copies the rows of {@code slots[0..count)} to rows {@code 0..count)} of {@code into}. */
    void readRows(int[] slots, int count, StateRows into);

    /** Copies rows {@code 0..count)} of {@code from} to the rows of {@code slots[0..count)}. */
    void writeRows(int[] slots, int count, StateRows from);

    /** Sets the rows of {@code slots[0..count)} to the plan's initial state. */
    void initRows(int[] slots, int count);

    @Override
    void close();
}
