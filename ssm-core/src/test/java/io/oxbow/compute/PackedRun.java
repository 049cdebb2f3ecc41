package io.oxbow.compute;

import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;

/**
 * A kernel at work on {@link SampleStreams}: packs pieces of streams into a batch, runs it, and
 * collects each stream's outputs in order.
 */
final class PackedRun implements AutoCloseable {
    private final StepPlan plan;
    private final SampleStreams streams;
    private final int[] slotOf;
    private final StepKernel kernel;
    private final StateTable table;
    private final TokenBatch batch;
    private final OutputBatch outputs;
    private final float[][] results;
    private final int[] done;
    private int tokens;
    private int packed;

    /**
     * @param slotOf the slot of each stream; the table has one slot more than the highest
     */
    PackedRun(
            ComputeBackend backend,
            StepPlan plan,
            SampleStreams streams,
            int[] slotOf,
            int maxTokens) {
        this.plan = plan;
        this.streams = streams;
        this.slotOf = slotOf.clone();
        this.kernel = backend.prepare(plan, maxTokens, streams.count() + 3);
        this.table = kernel.newTable(Arrays.stream(slotOf).max().orElseThrow() + 2);
        this.batch = new TokenBatch(plan.inputDim(), maxTokens, streams.count() + 3);
        this.outputs = new OutputBatch(plan.outputs(), maxTokens);
        this.results = new float[streams.count()][];
        this.done = new int[streams.count()];
        for (int s = 0; s < results.length; s++) {
            results[s] = new float[streams.length(s) * plan.outputs().width()];
        }
        table.initRows(this.slotOf, this.slotOf.length);
    }

    /** Slots 0, 1, 2, ... */
    static int[] slotsInOrder(int count) {
        int[] slots = new int[count];
        Arrays.setAll(slots, s -> s);
        return slots;
    }

    StateTable table() {
        return table;
    }

    TokenBatch batch() {
        return batch;
    }

    OutputBatch outputs() {
        return outputs;
    }

    int remaining(int stream) {
        return streams.length(stream) - done[stream];
    }

    int space() {
        return batch.maxTokens() - tokens;
    }

    /** Says that another run has brought {@code stream} to {@code position}. */
    void startAt(int stream, int position) {
        done[stream] = position;
    }

    /** Packs the next {@code count} tokens of {@code stream}, which is not yet in the batch. */
    void pack(int stream, int count) {
        int inputDim = plan.inputDim();
        int from = done[stream];
        batch.offsets()[packed] = tokens;
        batch.slots()[packed] = slotOf[stream];
        System.arraycopy(
                streams.tokens()[stream],
                from * inputDim,
                batch.tokens(),
                tokens * inputDim,
                count * inputDim);
        System.arraycopy(streams.dt()[stream], from, batch.dt(), tokens, count);
        System.arraycopy(streams.eventTimes()[stream], from, batch.eventTimes(), tokens, count);
        tokens += count;
        packed++;
        batch.offsets()[packed] = tokens;
    }

    /** Runs what was packed. */
    void run() {
        batch.size(tokens, packed);
        kernel.run(batch, table, outputs);
        int width = plan.outputs().width();
        for (int i = 0; i < packed; i++) {
            int stream = streamIn(batch.slots()[i]);
            int from = batch.offsets()[i];
            int count = batch.offsets()[i + 1] - from;
            System.arraycopy(
                    outputs.values(),
                    from * width,
                    results[stream],
                    done[stream] * width,
                    count * width);
            done[stream] += count;
        }
        tokens = 0;
        packed = 0;
    }

    /** Runs all that remains of every stream, as one batch. */
    PackedRun runAll() {
        for (int s = 0; s < streams.count(); s++) {
            if (remaining(s) > 0) {
                pack(s, remaining(s));
            }
        }
        run();
        return this;
    }

    private int streamIn(int slot) {
        for (int s = 0; s < slotOf.length; s++) {
            if (slotOf[s] == slot) {
                return s;
            }
        }
        throw new AssertionError("no stream has slot " + slot);
    }

    /** Outputs of a stream so far: (length, outputs.width()). */
    float[] results(int stream) {
        return results[stream];
    }

    /** States, row = stream. */
    StateRows states() {
        StateRows rows = new StateRows(plan.layout(), streams.count());
        table.readRows(slotOf, slotOf.length, rows);
        return rows;
    }

    @Override
    public void close() {
        table.close();
        kernel.close();
    }
}
