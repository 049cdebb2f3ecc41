package io.oxbow.jobs.console;

import java.util.Arrays;

/**
 * The last cells of a stream's time, for drawing: mean activity, number of events, highest surprise
 * and where the mean comes from. Cell {@code i} covers {@code [i, i + 1) * cellMillis}. 13 bytes a
 * cell, whatever happens. Not thread-safe.
 */
final class CellRing {
    static final int BYTES_PER_CELL = 4 + 4 + 4 + 1;

    /** Where a cell's mean comes from; of two sources the greater counts. */
    static final byte NOTHING = 0;

    /** No event fell into it, but the stream's rhythm does not ask for one. */
    static final byte HELD = 1;

    /** Read off a summary's curve whose cells are wider than these. */
    static final byte COARSE = 2;

    /** Read off a summary's curve. */
    static final byte CURVE = 3;

    /** The mean of the events themselves. */
    static final byte SEEN = 4;

    private static final long NONE = Long.MIN_VALUE;

    private final long cellMillis;
    private final float[] mean;
    private final int[] events;
    private final float[] surprise;
    private final byte[] source;
    private long newest = NONE;

    CellRing(long cellMillis, int cells) {
        this.cellMillis = cellMillis;
        this.mean = new float[cells];
        this.events = new int[cells];
        this.surprise = new float[cells];
        this.source = new byte[cells];
    }

    int cells() {
        return mean.length;
    }

    long cellMillis() {
        return cellMillis;
    }

    /** Number of the newest cell anything is known of, or {@link Long#MIN_VALUE}. */
    long newest() {
        return newest;
    }

    /**
     * Takes in one event; one older than the ring is passed over.
     *
     * @param surpriseOfIt minus the logarithm to base 10 of its p-value; 0 if there is none
     */
    void add(long time, float activity, float surpriseOfIt) {
        long cell = Math.floorDiv(time, cellMillis);
        touch(cell);
        if (!holds(cell)) {
            return;
        }
        int at = at(cell);
        if (source[at] != SEEN) {
            source[at] = SEEN;
            mean[at] = activity;
            events[at] = 1;
            surprise[at] = surpriseOfIt;
            return;
        }
        events[at]++;
        mean[at] += (activity - mean[at]) / events[at];
        surprise[at] = Math.max(surprise[at], surpriseOfIt);
    }

    /** Gives the cells that {@code [from, to)} touches a mean, where no better source has. */
    void fill(long from, long to, float value, byte origin) {
        if (to <= from || !Float.isFinite(value)) {
            return;
        }
        long last = Math.floorDiv(to - 1, cellMillis);
        touch(last);
        long first = Math.max(Math.floorDiv(from, cellMillis), newest - cells() + 1);
        for (long cell = first; cell <= last; cell++) {
            int at = at(cell);
            if (source[at] < origin) {
                source[at] = origin;
                mean[at] = value;
                events[at] = 0;
                surprise[at] = 0;
            }
        }
    }

    /**
     * The {@code count} cells from the cell numbered {@code first} on; those the ring does not hold
     * are {@link #NOTHING}.
     */
    Cells read(long first, int count) {
        float[] values = new float[count];
        float[] surprises = new float[count];
        char[] sources = new char[count];
        for (int i = 0; i < count; i++) {
            int at = holds(first + i) ? at(first + i) : -1;
            byte known = at < 0 ? NOTHING : source[at];
            values[i] = known == NOTHING ? Float.NaN : mean[at];
            surprises[i] = known == NOTHING ? Float.NaN : surprise[at];
            sources[i] = (char) ('0' + known);
        }
        return new Cells(first * cellMillis, values, surprises, new String(sources));
    }

    /**
     * A run of cells.
     *
     * @param from start of the first
     * @param values mean activity; NaN where nothing is known
     * @param surprises highest surprise; NaN where nothing is known
     * @param sources a digit a cell, {@link #NOTHING} to {@link #SEEN}
     */
    record Cells(long from, float[] values, float[] surprises, String sources) {}

    private void touch(long cell) {
        if (newest != NONE && cell <= newest) {
            return;
        }
        if (newest == NONE || cell - newest >= cells()) {
            Arrays.fill(source, NOTHING);
        } else {
            for (long c = newest + 1; c <= cell; c++) {
                source[at(c)] = NOTHING;
            }
        }
        newest = cell;
    }

    private boolean holds(long cell) {
        return newest != NONE && cell <= newest && cell > newest - cells();
    }

    private int at(long cell) {
        return (int) Math.floorMod(cell, (long) cells());
    }
}
