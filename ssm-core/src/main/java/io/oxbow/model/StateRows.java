package io.oxbow.model;

/**
 * A block of state rows in host memory: {@code floats (count, layout.floats())} and {@code longs
 * (count, layout.longs())}, both row-major.
 *
 * <p>The arrays are handed out, not copied: whoever holds the block owns its content. Not
 * thread-safe.
 */
public final class StateRows {
    private final StateLayout layout;
    private final int count;
    private final float[] floats;
    private final long[] longs;

    public StateRows(StateLayout layout, int count) {
        long size = (long) layout.floats() * count;
        if (count < 0 || size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    count + " rows of " + layout.floats() + " floats do not fit one array");
        }
        this.layout = layout;
        this.count = count;
        this.floats = new float[(int) size];
        this.longs = new long[Math.multiplyExact(layout.longs(), count)];
    }

    public StateLayout layout() {
        return layout;
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    public float[] floats() {
        return floats;
    }

    public long[] longs() {
        return longs;
    }

    /**
     * Copies row {@code from} of {@code source}, which must have an equal layout, to row {@code
     * to}.
     */
    public void copyRow(StateRows source, int from, int to) {
        int f = layout.floats();
        int l = layout.longs();
        System.arraycopy(source.floats, from * f, floats, to * f, f);
        System.arraycopy(source.longs, from * l, longs, to * l, l);
    }
}
