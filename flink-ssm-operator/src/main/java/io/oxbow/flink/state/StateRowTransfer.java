package io.oxbow.flink.state;

import io.oxbow.compute.StateTable;
import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import java.util.Arrays;
import java.util.List;

/**
 * Moves rows between keyed state and the state table, many at a time, because a transfer to a
 * device costs about the same for one row as for a hundred.
 *
 * <p>Two staging blocks of {@link #chunk()} rows: one collects rows on their way in, one holds rows
 * on their way out. Not thread-safe.
 */
final class StateRowTransfer {
    /** Enough for a device's transfer to pay, and still in a core's own cache. */
    private static final long STAGING_BYTES = 1 << 20;

    private static final int MAX_CHUNK = 256;

    private final StateRows initial;
    private final StateRows incoming;
    private final int[] incomingSlots;
    private int incomingCount;

    private final StateRows outgoing;
    private final int[] outgoingSlots;
    private final int[] outgoingIndexes;
    private int outgoingCount;

    /**
     * @param initial one row: the state of a stream that has seen nothing
     */
    StateRowTransfer(StateRows initial, int capacity) {
        StateLayout layout = initial.layout();
        long fitting = STAGING_BYTES / Math.max(1, layout.bytes());
        int chunk = (int) Math.max(1, Math.min(Math.min(fitting, MAX_CHUNK), capacity));
        this.initial = initial;
        this.incoming = new StateRows(layout, chunk);
        this.incomingSlots = new int[chunk];
        this.outgoing = new StateRows(layout, chunk);
        this.outgoingSlots = new int[chunk];
        this.outgoingIndexes = new int[chunk];
    }

    /** Rows in one transfer. */
    int chunk() {
        return incomingSlots.length;
    }

    /** Puts the row of a stream that has seen nothing on its way to {@code slot}. */
    void stageInitial(int slot, StateTable table) {
        incoming.copyRow(initial, 0, place(slot, table));
    }

    /** Puts the row of {@code state} on its way to {@code slot}. */
    void stage(int slot, KeyedSsmState state, StateTable table) {
        float[] floats = state.floats();
        long[] longs = state.longs();
        StateLayout layout = initial.layout();
        if (floats.length != layout.floats() || longs.length != layout.longs()) {
            throw new IllegalStateException(
                    "a stored row of "
                            + floats.length
                            + " floats and "
                            + longs.length
                            + " longs claims the "
                            + layout);
        }
        int row = place(slot, table);
        System.arraycopy(floats, 0, incoming.floats(), row * floats.length, floats.length);
        System.arraycopy(longs, 0, incoming.longs(), row * longs.length, longs.length);
    }

    private int place(int slot, StateTable table) {
        if (incomingCount == chunk()) {
            flush(table);
        }
        incomingSlots[incomingCount] = slot;
        return incomingCount++;
    }

    /** Brings the rows on their way to the table into it. */
    void flush(StateTable table) {
        if (incomingCount > 0) {
            table.writeRows(incomingSlots, incomingCount, incoming);
            incomingCount = 0;
        }
    }

    /**
     * Reads the rows of the dirty ones among {@code streams} from {@code from} on, up to one chunk.
     *
     * @return where to go on
     */
    <K> int readDirty(List<ResidentStream<K>> streams, int from, StateTable table) {
        outgoingCount = 0;
        int i = from;
        for (; i < streams.size() && outgoingCount < chunk(); i++) {
            ResidentStream<K> stream = streams.get(i);
            if (stream.isDirty()) {
                outgoingSlots[outgoingCount] = stream.slot();
                outgoingIndexes[outgoingCount] = i;
                outgoingCount++;
            }
        }
        if (outgoingCount > 0) {
            table.readRows(outgoingSlots, outgoingCount, outgoing);
        }
        return i;
    }

    /** Rows read by the last {@link #readDirty}. */
    int readCount() {
        return outgoingCount;
    }

    /** Index in the list of streams that the {@code i}-th row read belongs to. */
    int readIndex(int i) {
        return outgoingIndexes[i];
    }

    /**
     * The floats of the {@code i}-th row read.
     *
     * @param reuse written to and returned if it has the right length; may be null
     */
    float[] readFloats(int i, float[] reuse) {
        int width = outgoing.layout().floats();
        if (reuse == null || reuse.length != width) {
            return Arrays.copyOfRange(outgoing.floats(), i * width, (i + 1) * width);
        }
        System.arraycopy(outgoing.floats(), i * width, reuse, 0, width);
        return reuse;
    }

    /** The longs of the {@code i}-th row read, likewise. */
    long[] readLongs(int i, long[] reuse) {
        int width = outgoing.layout().longs();
        if (reuse == null || reuse.length != width) {
            return Arrays.copyOfRange(outgoing.longs(), i * width, (i + 1) * width);
        }
        System.arraycopy(outgoing.longs(), i * width, reuse, 0, width);
        return reuse;
    }

    /** Copies slots {@code 0..count)} of {@code from} to the same slots of {@code to}. */
    void copy(StateTable from, StateTable to, int count) {
        for (int first = 0; first < count; first += chunk()) {
            int rows = Math.min(chunk(), count - first);
            for (int i = 0; i < rows; i++) {
                outgoingSlots[i] = first + i;
            }
            from.readRows(outgoingSlots, rows, outgoing);
            to.writeRows(outgoingSlots, rows, outgoing);
        }
    }
}
