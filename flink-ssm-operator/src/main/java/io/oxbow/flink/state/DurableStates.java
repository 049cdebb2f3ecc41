package io.oxbow.flink.state;

import io.oxbow.compute.StateTable;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * The keyed state of all streams, and the way of their rows between it and the state table: in when
 * a stream becomes resident, out before it leaves and at checkpoints. Judges states that another
 * model wrote.
 *
 * <p>Mailbox thread only. Writing visits other keys; the current key is the same afterwards.
 *
 * @param <K> the key
 */
final class DurableStates<K> {
    private final KeyedStateBackend<K> backend;
    private final ValueState<KeyedSsmState> durable;
    private final KeptRows kept;
    private final OnModelChange onModelChange;
    private StateRowTransfer rows;
    private SsmModel model;
    private Set<Long> predecessors = Set.of();

    private long writes;
    private long modelResets;
    private long nanosPerWrite;

    /**
     * @param backend whose current key {@code durable} follows
     * @param rows on their way to and from the table; shared with whoever owns that
     */
    DurableStates(
            KeyedStateBackend<K> backend,
            ValueState<KeyedSsmState> durable,
            StateRowTransfer rows,
            SsmModel model,
            OnModelChange onModelChange) {
        this.backend = backend;
        this.durable = durable;
        this.kept = new KeptRows(durable);
        this.onModelChange = onModelChange;
        change(model, rows);
    }

    /** Goes over to another model, whose rows travel by {@code rows}. */
    void change(SsmModel model, StateRowTransfer rows) {
        this.model = model;
        this.rows = rows;
    }

    /** States that models of these fingerprints wrote go on, where the layout is the model's. */
    void keepStatesOf(Set<Long> predecessors) {
        this.predecessors = Set.copyOf(predecessors);
    }

    /**
     * Sets a stream, that of the current key, to what keyed state has of it; its row is staged.
     *
     * @throws ModelMismatchException if another model wrote it and the options say to fail
     */
    void load(ResidentStream<K> stream, StateTable table) throws Exception {
        KeyedSsmState state = durable.value();
        if (state == null) {
            rows.stageInitial(stream.slot(), table);
            return;
        }
        stream.position().set(state);
        stream.markClean();
        if (state.layoutFingerprint() == model.plan().layout().fingerprint()
                && isOwn(state.modelFingerprint())) {
            rows.stage(stream.slot(), state, table);
            return;
        }
        if (onModelChange == OnModelChange.FAIL) {
            throw new ModelMismatchException(stream.key(), state, model);
        }
        modelResets++;
        rows.stageInitial(stream.slot(), table);
        stream.markDirty();
    }

    private boolean isOwn(long fingerprint) {
        return fingerprint == model.fingerprint() || predecessors.contains(fingerprint);
    }

    /** Writes the dirty ones of {@code streams} to keyed state. */
    void write(List<ResidentStream<K>> streams, StateTable table) throws Exception {
        long start = System.nanoTime();
        long before = writes;
        rows.flush(table);
        K current = backend.getCurrentKey();
        for (int from = 0; from < streams.size(); ) {
            from = rows.readDirty(streams, from, table);
            for (int i = 0; i < rows.readCount(); i++) {
                ResidentStream<K> stream = streams.get(rows.readIndex(i));
                backend.setCurrentKey(stream.key());
                KeyedSsmState old = kept.reusable();
                KeyedSsmState state =
                        stream.position()
                                .toState(
                                        model.plan().layout().fingerprint(),
                                        model.fingerprint(),
                                        rows.readFloats(i, old == null ? null : old.floats()),
                                        rows.readLongs(i, old == null ? null : old.longs()));
                durable.update(state);
                kept.updated(state);
                stream.markClean();
                writes++;
            }
        }
        if (current != null) {
            backend.setCurrentKey(current);
        }
        if (writes - before >= rows.chunk()) {
            nanosPerWrite = (System.nanoTime() - start) / (writes - before);
        }
    }

    /** Event time of the newest event of the current key, or {@link StreamPosition#NEVER}. */
    long lastEventTimeOfCurrentKey() throws IOException {
        KeyedSsmState state = durable.value();
        return state == null ? StreamPosition.NEVER : state.lastEventTime();
    }

    void forgetCurrentKey() {
        durable.clear();
    }

    /** Rows written. */
    long writes() {
        return writes;
    }

    /** What writing a row took lately, nanoseconds. */
    long nanosPerWrite() {
        return nanosPerWrite;
    }

    /** Streams started anew because another model wrote their state. */
    long modelResets() {
        return modelResets;
    }
}
