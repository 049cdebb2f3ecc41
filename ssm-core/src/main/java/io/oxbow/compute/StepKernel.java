package io.oxbow.compute;

/**
 * A plan prepared by one backend for batches up to a declared size.
 *
 * <p>Batch-invariant: a token's output and its stream's state are bit-identical whatever else is in
 * the batch and however the stream is cut into batches. One thread at a time; the caller closes it.
 */
public interface StepKernel extends AutoCloseable {

    /** A table of {@code capacity} slots that this kernel can advance. The caller closes it. */
    StateTable newTable(int capacity);

    /**
     * Advances every stream of {@code batch} by its tokens, in order, and writes one output row a
     * token.
     *
     * @param table made by {@link #newTable} of this kernel
     * @throws KernelException if a device fails; the table's content is then undefined
     */
    void run(TokenBatch batch, StateTable table, OutputBatch outputs);

    /**
     * Whether a run leaves the caller's processor free, as on a device of its own: it is then worth
     * while to prepare the next batch meanwhile. Such a kernel may run on another thread than the
     * one that reads and writes rows of the table: whose rows are not in the running batch, and who
     * may have to wait for it.
     */
    default boolean runsElsewhere() {
        return false;
    }

    @Override
    void close();
}
