package io.oxbow.flink.batch;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;

/**
 * Runs a packed batch, and starts a stream anew where its outputs stop being finite.
 *
 * <p>A token whose output row is not finite is <em>broken</em>: its stream's state is set to the
 * initial row, and the stream's later tokens of the batch are run again from there, exactly as they
 * would have been had they come in a later batch. So what is said of a token never depends on where
 * batches were cut. P-value and forecast may be NaN: that is how a model says it does not know yet.
 *
 * <p>After a break the stream's tokens are run again one, then two, four and so on at a time, so
 * that a stream which breaks at every token costs twice its tokens, not their square.
 *
 * <p>Not thread-safe. Closes neither kernel nor table.
 */
public final class QuarantiningStep {
    private final StepKernel kernel;
    private final OutputLayout layout;
    private final boolean[] mayBeNaN;
    private final OutputBatch outputs;
    private final boolean[] broken;

    private final TokenBatch again;
    private final OutputBatch againOutputs;
    private final int[] againFirst;
    private final int[] next;
    private final int[] stride;
    private final int[] slot = new int[1];
    private long kernelNanos;

    public QuarantiningStep(StepKernel kernel, StepPlan plan, int maxTokens, int maxStreams) {
        this.kernel = kernel;
        this.layout = plan.outputs();
        this.mayBeNaN = mayBeNaN(layout);
        this.outputs = new OutputBatch(layout, maxTokens);
        this.broken = new boolean[maxTokens];
        this.again = new TokenBatch(plan.inputDim(), maxTokens, maxStreams);
        this.againOutputs = new OutputBatch(layout, maxTokens);
        this.againFirst = new int[maxStreams];
        this.next = new int[maxStreams];
        this.stride = new int[maxStreams];
    }

    /** By column of an output row. */
    private static boolean[] mayBeNaN(OutputLayout layout) {
        boolean[] columns = new boolean[layout.width()];
        for (OutputLayout.Field field : layout.fields()) {
            if (field.name().equals(OutputLayout.P_VALUE)
                    || field.name().equals(OutputLayout.FORECAST)) {
                Arrays.fill(columns, field.offset(), field.offset() + field.width(), true);
            }
        }
        return columns;
    }

    /** Advances the streams of {@code batch}; then {@link #outputs} and {@link #isBroken} hold. */
    public void run(TokenBatch batch, StateTable table) {
        Arrays.fill(broken, 0, batch.tokenCount(), false);
        step(batch, table, outputs);
        boolean anyLeft = false;
        for (int s = 0; s < batch.streamCount(); s++) {
            int end = batch.offsets()[s + 1];
            int bad = firstBroken(outputs, batch.offsets()[s], end);
            next[s] = end;
            if (bad < end) {
                breakAt(bad, batch.slots()[s], table);
                next[s] = bad + 1;
                stride[s] = 1;
                anyLeft |= next[s] < end;
            }
        }
        while (anyLeft) {
            anyLeft = runAgain(batch, table);
        }
    }

    /** Runs the next few tokens of every stream that is not through. */
    private boolean runAgain(TokenBatch batch, StateTable table) {
        packNext(batch);
        step(again, table, againOutputs);
        int repeated = 0;
        for (int s = 0; s < batch.streamCount(); s++) {
            if (next[s] == batch.offsets()[s + 1]) {
                continue;
            }
            int from = again.offsets()[repeated];
            int end = again.offsets()[repeated + 1];
            int bad = firstBroken(againOutputs, from, end);
            takeOver(from, bad, againFirst[repeated]);
            next[s] = againFirst[repeated] + bad - from;
            if (bad < end) {
                breakAt(next[s], batch.slots()[s], table);
                next[s]++;
                stride[s] = 1;
            } else {
                stride[s] *= 2;
            }
            repeated++;
        }
        for (int s = 0; s < batch.streamCount(); s++) {
            if (next[s] < batch.offsets()[s + 1]) {
                return true;
            }
        }
        return false;
    }

    private void packNext(TokenBatch batch) {
        int tokens = 0;
        int streams = 0;
        int width = batch.inputDim();
        again.offsets()[0] = 0;
        for (int s = 0; s < batch.streamCount(); s++) {
            int count = Math.min(stride[s], batch.offsets()[s + 1] - next[s]);
            if (count == 0) {
                continue;
            }
            int from = next[s];
            System.arraycopy(
                    batch.tokens(), from * width, again.tokens(), tokens * width, count * width);
            System.arraycopy(batch.dt(), from, again.dt(), tokens, count);
            System.arraycopy(batch.eventTimes(), from, again.eventTimes(), tokens, count);
            againFirst[streams] = from;
            again.slots()[streams] = batch.slots()[s];
            tokens += count;
            streams++;
            again.offsets()[streams] = tokens;
        }
        again.size(tokens, streams);
    }

    private void step(TokenBatch batch, StateTable table, OutputBatch into) {
        long start = System.nanoTime();
        kernel.run(batch, table, into);
        kernelNanos += System.nanoTime() - start;
    }

    private void breakAt(int token, int streamSlot, StateTable table) {
        broken[token] = true;
        slot[0] = streamSlot;
        table.initRows(slot, 1);
    }

    private void takeOver(int from, int to, int first) {
        int width = layout.width();
        System.arraycopy(
                againOutputs.values(),
                from * width,
                outputs.values(),
                first * width,
                (to - from) * width);
    }

    /** First token of {@code [from, end)} whose outputs are not finite, or {@code end}. */
    private int firstBroken(OutputBatch out, int from, int end) {
        float[] values = out.values();
        int width = layout.width();
        boolean[] unknown = mayBeNaN;
        for (int t = from; t < end; t++) {
            int row = t * width;
            for (int i = 0; i < width; i++) {
                float value = values[row + i];
                if (!Float.isFinite(value) && !(unknown[i] && Float.isNaN(value))) {
                    return t;
                }
            }
        }
        return end;
    }

    /** Outputs by row of the batch last run; rows of broken tokens mean nothing. */
    public OutputBatch outputs() {
        return outputs;
    }

    /** Whether the token of that row of the batch last run broke its stream's state. */
    public boolean isBroken(int row) {
        return broken[row];
    }

    /** Time spent in the kernel so far, nanoseconds. */
    public long kernelNanos() {
        return kernelNanos;
    }
}
