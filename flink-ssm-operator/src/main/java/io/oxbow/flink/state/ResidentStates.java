package io.oxbow.flink.state;

import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * The streams whose states lie in the state table right now, and the sole owner of the keyed state
 * behind them ({@link DurableStates}). The durable truth is the keyed state; a slot is a cache of
 * it.
 *
 * <p>A stream that is not resident is read from keyed state when its event comes. The table grows
 * with the streams up to the memory allowed; then a clock hand looks for streams not used since it
 * last came by, writes the dirty ones back together, and frees their slots. Pinned streams, those
 * of the pending batch, stay. Rows come from keyed state into a staging block and reach the table
 * in one transfer before the table is next used.
 *
 * <p>Mailbox thread only. Writing back visits other keys; the current key is the same afterwards.
 *
 * @param <K> the key
 */
public final class ResidentStates<K> implements AutoCloseable {
    /** Heap besides the row: the stream, its map entry, its key. */
    private static final int OVERHEAD_BYTES = 256;

    private static final int FIRST_SLOTS = 64;

    /** Events expected of a stream. */
    private static final double LIKELY_TO_CHANGE = 0.5;

    private final KeyedStateBackend<K> backend;
    private final DurableStates<K> durable;
    private final long memoryBytes;
    private StepKernel kernel;
    private StateRowTransfer rows;
    private int capacity;

    private final Map<K, ResidentStream<K>> byKey = new HashMap<>();
    private final List<ResidentStream<K>> slots = new ArrayList<>();
    private final List<ResidentStream<K>> free = new ArrayList<>();
    private final List<ResidentStream<K>> chosen = new ArrayList<>();
    private StateTable table;
    private boolean lent;
    private int hand;
    private int aheadHand;

    private long hits;
    private long misses;
    private long evictions;

    /**
     * @param backend whose current key {@code durable} follows
     * @param memoryBytes the most the rows may take; at least one stream is always resident
     */
    public ResidentStates(
            KeyedStateBackend<K> backend,
            ValueState<KeyedSsmState> durable,
            StepKernel kernel,
            SsmModel model,
            OnModelChange onModelChange,
            long memoryBytes) {
        this.backend = backend;
        this.memoryBytes = memoryBytes;
        this.kernel = kernel;
        this.capacity = capacity(model, memoryBytes);
        this.rows = new StateRowTransfer(model.plan().initial(), capacity);
        this.durable = new DurableStates<>(backend, durable, rows, model, onModelChange);
        this.table = kernel.newTable(Math.min(FIRST_SLOTS, capacity));
    }

    /** How many streams of {@code model} can be resident in that much memory; at least one. */
    public static int capacity(SsmModel model, long memoryBytes) {
        var layout = model.plan().layout();
        long byMemory = memoryBytes / (layout.bytes() + OVERHEAD_BYTES);
        long byArray =
                (Integer.MAX_VALUE - 8L) / Math.max(1, Math.max(layout.floats(), layout.longs()));
        return (int) Math.max(1, Math.min(byMemory, byArray));
    }

    /** States that models of these fingerprints wrote go on, where the layout is the model's. */
    public void keepStatesOf(Set<Long> predecessors) {
        durable.keepStatesOf(predecessors);
    }

    /**
     * Goes over to another model. No stream may be pinned, and the table not be lent.
     *
     * @param kernel of that model; the one before may be closed afterwards
     * @param keepRows whether the layout is the same and rows go on; else every stream leaves, and
     *     what becomes of its state is decided when it comes back
     */
    public void change(StepKernel kernel, SsmModel model, boolean keepRows) throws Exception {
        int room = capacity(model, memoryBytes);
        StateRowTransfer transfer = new StateRowTransfer(model.plan().initial(), room);
        rows.flush(table);
        StateTable next;
        if (keepRows) {
            next = kernel.newTable(table.capacity());
            rows.copy(table, next, table.capacity());
        } else {
            durable.write(slots, table);
            next = kernel.newTable(Math.min(FIRST_SLOTS, room));
            byKey.clear();
            slots.clear();
            free.clear();
            hand = 0;
            aheadHand = 0;
        }
        table.close();
        this.kernel = kernel;
        this.capacity = room;
        this.rows = transfer;
        this.table = next;
        durable.change(model, transfer);
    }

    /**
     * The stream of the backend's current key, made resident if it is not.
     *
     * @return null if every slot is pinned, or the table is lent and must grow: run the pending
     *     batches, unpin, and ask again
     * @throws ModelMismatchException if another model wrote its state and the options say to fail
     */
    public ResidentStream<K> ofCurrentKey() throws Exception {
        K key = backend.getCurrentKey();
        ResidentStream<K> stream = byKey.get(key);
        if (stream != null) {
            hits++;
            stream.touch();
            return stream;
        }
        stream = freeSlot();
        if (stream == null) {
            return null;
        }
        misses++;
        try {
            stream.occupy(key);
            durable.load(stream, table);
        } catch (Exception e) {
            release(stream);
            throw e;
        }
        byKey.put(key, stream);
        stream.touch();
        return stream;
    }

    private ResidentStream<K> freeSlot() throws Exception {
        if (free.isEmpty() && slots.size() == table.capacity() && table.capacity() < capacity) {
            if (lent) {
                return null;
            }
            grow();
        }
        if (free.isEmpty() && slots.size() < table.capacity()) {
            ResidentStream<K> fresh = new ResidentStream<>(slots.size());
            slots.add(fresh);
            return fresh;
        }
        if (free.isEmpty()) {
            evict();
        }
        return free.isEmpty() ? null : free.remove(free.size() - 1);
    }

    private void grow() {
        rows.flush(table);
        StateTable larger = kernel.newTable((int) Math.min(2L * table.capacity(), capacity));
        rows.copy(table, larger, table.capacity());
        table.close();
        table = larger;
    }

    /** Frees a sixteenth of the slots at a time, so that their rows come back in one transfer. */
    private void evict() throws Exception {
        int wanted = Math.min(rows.chunk(), Math.max(1, slots.size() / 16));
        for (int looked = 0; chosen.size() < wanted && looked < 2 * slots.size(); looked++) {
            ResidentStream<K> candidate = slots.get(hand);
            hand = (hand + 1) % slots.size();
            if (!candidate.isPinned() && !candidate.takeReference()) {
                candidate.pin(chosen.size());
                chosen.add(candidate);
            }
        }
        durable.write(chosen, table);
        for (ResidentStream<K> stream : chosen) {
            byKey.remove(stream.key());
            release(stream);
        }
        evictions += chosen.size();
        chosen.clear();
    }

    private void release(ResidentStream<K> stream) {
        stream.vacate();
        free.add(stream);
    }

    /** Writes every dirty stream to keyed state. All stay resident. */
    public void writeBack() throws Exception {
        durable.write(slots, table);
    }

    /**
     * Writes one transfer of dirty streams, those that have waited longest for it. Left out are
     * pinned ones, whose rows lag behind their positions, and those more likely than not to change
     * again before all are written.
     *
     * @param part the time until then, as a part of the time since all were written last
     */
    void writeAhead(double part) throws Exception {
        for (int looked = 0; chosen.size() < rows.chunk() && looked < slots.size(); looked++) {
            aheadHand = aheadHand + 1 < slots.size() ? aheadHand + 1 : 0;
            ResidentStream<K> stream = slots.get(aheadHand);
            if (stream.isDirty()
                    && !stream.isPinned()
                    && part * stream.eventsSinceWritten() < LIKELY_TO_CHANGE) {
                chosen.add(stream);
            }
        }
        durable.write(chosen, table);
        chosen.clear();
    }

    /** Starts the memory of an unpinned resident stream anew; its sequence numbers are kept. */
    public void restart(ResidentStream<K> stream) {
        stream.position().restart();
        stream.markDirty();
        rows.stageInitial(stream.slot(), table);
    }

    /** Event time of the newest event of the current key, or {@link StreamPosition#NEVER}. */
    public long lastEventTimeOfCurrentKey() throws Exception {
        ResidentStream<K> stream = byKey.get(backend.getCurrentKey());
        if (stream != null) {
            return stream.position().lastEventTime();
        }
        return durable.lastEventTimeOfCurrentKey();
    }

    /** Forgets the stream of the backend's current key, here and in keyed state. */
    public void forgetCurrentKey() {
        ResidentStream<K> stream = byKey.remove(backend.getCurrentKey());
        if (stream != null) {
            rows.flush(table);
            release(stream);
        }
        durable.forgetCurrentKey();
    }

    /**
     * The table with every resident row in it; the kernel may run on it now. Until {@link
     * #returnTable} it stays the same, and its pinned rows are left alone.
     */
    public StateTable lendTable() {
        rows.flush(table);
        lent = true;
        return table;
    }

    /** Says that the kernel is through. */
    public void returnTable() {
        lent = false;
    }

    /** Copies the row of a resident stream to row 0 of {@code into}; the table must not be lent. */
    public void readRow(ResidentStream<?> stream, StateRows into) {
        rows.flush(table);
        table.readRows(new int[] {stream.slot()}, 1, into);
    }

    /** The most streams that can be resident. */
    public int capacity() {
        return capacity;
    }

    /** Streams resident now. */
    public int resident() {
        return byKey.size();
    }

    /** Bytes the table takes now. */
    public long tableBytes() {
        return table.capacity() * table.layout().bytes();
    }

    public long hits() {
        return hits;
    }

    public long misses() {
        return misses;
    }

    public long evictions() {
        return evictions;
    }

    /** Rows written to keyed state. */
    public long writeBacks() {
        return durable.writes();
    }

    /** What writing a row to keyed state took lately, nanoseconds. */
    long nanosPerWriteBack() {
        return durable.nanosPerWrite();
    }

    /** Streams started anew because another model wrote their state. */
    public long modelResets() {
        return durable.modelResets();
    }

    @Override
    public void close() {
        table.close();
    }
}
