package io.oxbow.flink.inference;

import io.oxbow.compute.StateTable;
import io.oxbow.compute.TokenBatch;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.batch.QuarantiningStep;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.state.KeyedSsmState;
import io.oxbow.flink.state.StreamPosition;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;
import io.oxbow.model.TimeMode;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Runs a model one event at a time, the state handed in and out, for hosts that keep the state
 * themselves and show one key at a time, as SQL does. What it says of an event is bit for bit what
 * the batching operator says, since kernels do not depend on what shares a batch.
 *
 * <p>Not for throughput: each event moves its stream's whole state in and out of the kernel. One
 * thread; {@link #close} frees the kernel.
 */
public final class LoneInference implements AutoCloseable {
    private static final int[] SLOT = {0};

    private final PreparedModel prepared;
    private final SsmModel model;
    private final InputCheck check;
    private final StateTable table;
    private final QuarantiningStep step;
    private final InferenceReader reader;
    private final TokenBatch batch;
    private final StateRows row;
    private final boolean stepsInEventTime;

    /**
     * What became of an event.
     *
     * @param state of the stream after it
     * @param inference empty if the event was refused, or the state had to begin anew
     * @param problem why there is no inference, in one sentence; empty if there is one
     */
    public record Outcome(KeyedSsmState state, Optional<Inference> inference, String problem) {}

    private LoneInference(PreparedModel prepared, InferenceSettings settings) {
        this.prepared = prepared;
        this.model = prepared.model();
        this.check = new InputCheck(model, settings.maxAhead());
        this.table = prepared.kernel().newTable(1);
        this.step = new QuarantiningStep(prepared.kernel(), model.plan(), 1, 1);
        this.reader = new InferenceReader(model.plan().outputs(), settings);
        this.batch = new TokenBatch(model.inputDim(), 1, 1);
        this.row = new StateRows(model.plan().layout(), 1);
        this.stepsInEventTime = model.timeMode() == TimeMode.EVENT_TIME;
    }

    /**
     * Loads and compiles the model for batches of one.
     *
     * @throws IOException if the model cannot be read
     * @throws IllegalArgumentException if the settings do not fit it
     */
    public static LoneInference open(ModelSource source, ReadableConfig options, ClassLoader loader)
            throws IOException {
        Configuration alone = Configuration.fromMap(options.toMap());
        alone.set(OxbowOptions.BATCH_MAX_TOKENS, 1);
        InferenceSettings settings = InferenceSettings.of(alone, VectorMeanings.NONE);
        return new LoneInference(PreparedModel.load(source, settings, 0, loader), settings);
    }

    /**
     * Advances a stream by one event.
     *
     * @param before its state, or null if it has seen nothing; never written
     * @throws IllegalStateException if another model wrote that state
     */
    public Outcome advance(KeyedSsmState before, Observation event) {
        String refusal = check.refusal(event);
        if (refusal != null) {
            return new Outcome(before, Optional.empty(), refusal);
        }
        if (before != null && event.eventTime() < before.lastEventTime()) {
            return new Outcome(
                    before, Optional.empty(), "the event is older than the newest of its stream");
        }
        place(before, event);
        step.run(batch, table);
        KeyedSsmState after = read(before, event);
        if (step.isBroken(0)) {
            return new Outcome(after, Optional.empty(), InferenceBatches.RESET_REASON);
        }
        return new Outcome(
                after, Optional.of(reader.read(event, after.steps(), step.outputs(), 0)), "");
    }

    private void place(KeyedSsmState before, Observation event) {
        if (before == null) {
            row.copyRow(model.plan().initial(), 0, 0);
        } else if (before.layoutFingerprint() != model.plan().layout().fingerprint()
                || before.modelFingerprint() != model.fingerprint()) {
            throw new IllegalStateException(
                    "the state of '"
                            + event.streamId()
                            + "' was written by another model than '"
                            + model.name()
                            + "'; start the query without the old state, or use the old model");
        } else {
            System.arraycopy(before.floats(), 0, row.floats(), 0, row.floats().length);
            System.arraycopy(before.longs(), 0, row.longs(), 0, row.longs().length);
        }
        table.writeRows(SLOT, 1, row);
        System.arraycopy(event.values(), 0, batch.tokens(), 0, model.inputDim());
        boolean first = before == null || before.steps() == 0;
        batch.dt()[0] =
                !stepsInEventTime
                        ? 1
                        : first
                                ? 0
                                : (float) ((event.eventTime() - before.lastEventTime()) / 1000.0);
        batch.eventTimes()[0] = event.eventTime();
        batch.offsets()[0] = 0;
        batch.offsets()[1] = 1;
        batch.slots()[0] = 0;
        batch.size(1, 1);
    }

    private KeyedSsmState read(KeyedSsmState before, Observation event) {
        table.readRows(SLOT, 1, row);
        return new KeyedSsmState(
                model.plan().layout().fingerprint(),
                model.fingerprint(),
                before == null ? 1 : before.steps() + 1,
                event.eventTime(),
                StreamPosition.UNNUMBERED,
                0,
                0,
                row.floats().clone(),
                row.longs().clone());
    }

    @Override
    public void close() {
        table.close();
        prepared.close();
    }
}
