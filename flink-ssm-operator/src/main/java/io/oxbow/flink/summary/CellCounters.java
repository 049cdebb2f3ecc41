package io.oxbow.flink.summary;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Exact counters of the last cells of time: events, their activity, and the time for which there
 * were data. A ring; cell {@code i} covers {@code [i, i + 1) * cellMillis}. Not thread-safe.
 */
final class CellCounters {
    static final int BYTES_PER_CELL = 4 + 8 + 4 + 8;

    private static final long NONE = Long.MIN_VALUE;

    private final long cellMillis;
    private final int[] events;
    private final double[] activitySum;
    private final float[] activityMax;
    private final long[] coveredMillis;

    /** Newest cell touched, or {@link #NONE}. */
    private long newest = NONE;

    /** The time range of the newest cell, so that most events need no division. */
    private long newestFrom = Long.MAX_VALUE;

    private long newestTo = Long.MIN_VALUE;
    private int newestAt;

    CellCounters(long cellMillis, int cells) {
        this.cellMillis = cellMillis;
        this.events = new int[cells];
        this.activitySum = new double[cells];
        this.activityMax = new float[cells];
        this.coveredMillis = new long[cells];
    }

    int cells() {
        return events.length;
    }

    long cellMillis() {
        return cellMillis;
    }

    /** Counts an event; one older than the ring is not counted. */
    void add(long time, float activity) {
        int at;
        if (time >= newestFrom && time < newestTo) {
            at = newestAt;
        } else {
            long cell = Math.floorDiv(time, cellMillis);
            touch(cell);
            if (!holds(cell)) {
                return;
            }
            at = at(cell);
        }
        activityMax[at] = events[at] == 0 ? activity : Math.max(activityMax[at], activity);
        events[at]++;
        activitySum[at] += activity;
    }

    /** Notes that there were data in {@code [from, to)}. */
    void cover(long from, long to) {
        if (from >= to) {
            return;
        }
        if (from >= newestFrom && to <= newestTo) {
            coveredMillis[newestAt] += to - from;
            return;
        }
        long last = Math.floorDiv(to - 1, cellMillis);
        touch(last);
        long first = Math.max(Math.floorDiv(from, cellMillis), newest - cells() + 1);
        for (long cell = first; cell <= last; cell++) {
            long start = Math.max(from, cell * cellMillis);
            long end = Math.min(to, (cell + 1) * cellMillis);
            coveredMillis[at(cell)] += end - start;
        }
    }

    private void touch(long cell) {
        if (newest != NONE && cell <= newest) {
            return;
        }
        if (newest == NONE || cell - newest >= cells()) {
            Arrays.fill(events, 0);
            Arrays.fill(activitySum, 0);
            Arrays.fill(activityMax, 0);
            Arrays.fill(coveredMillis, 0);
        } else {
            for (long c = newest + 1; c <= cell; c++) {
                int at = at(c);
                events[at] = 0;
                activitySum[at] = 0;
                activityMax[at] = 0;
                coveredMillis[at] = 0;
            }
        }
        markNewest(cell);
    }

    private void markNewest(long cell) {
        newest = cell;
        newestFrom = cell * cellMillis;
        newestTo = newestFrom + cellMillis;
        newestAt = at(cell);
    }

    private boolean holds(long cell) {
        return newest != NONE && cell <= newest && cell > newest - cells();
    }

    private int at(long cell) {
        return (int) Math.floorMod(cell, (long) cells());
    }

    /** Start of the oldest cell the ring can still hold; {@link Long#MAX_VALUE} if it is empty. */
    long oldestFrom() {
        return newest == NONE ? Long.MAX_VALUE : (newest - cells() + 1) * cellMillis;
    }

    /**
     * Adds up the cells of {@code [from, to)}, both on the grid, into {@code tally}. Cells the ring
     * does not hold count as empty.
     */
    void tally(long from, long to, Tally tally) {
        if (newest == NONE) {
            return;
        }
        long first = Math.max(Math.floorDiv(from, cellMillis), newest - cells() + 1);
        long last = Math.min(Math.floorDiv(to - 1, cellMillis), newest);
        for (long cell = first; cell <= last; cell++) {
            int at = at(cell);
            tally.coveredMillis += coveredMillis[at];
            if (events[at] > 0) {
                tally.max =
                        tally.events == 0 ? activityMax[at] : Math.max(tally.max, activityMax[at]);
                tally.events += events[at];
                tally.sum += activitySum[at];
            }
        }
    }

    Tally tally(long from, long to) {
        Tally tally = new Tally();
        tally(from, to, tally);
        return tally;
    }

    /** A sum over cells. */
    static final class Tally {
        private long events;
        private double sum;
        private float max = Float.NaN;
        private long coveredMillis;

        long events() {
            return events;
        }

        long coveredMillis() {
            return coveredMillis;
        }

        /** Mean activity of the events; NaN if there are none. */
        float mean() {
            return events == 0 ? Float.NaN : (float) (sum / events);
        }

        /** Highest activity; NaN if there are no events. */
        float max() {
            return max;
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(newest);
        for (int i = 0; i < events.length; i++) {
            out.writeInt(events[i]);
            out.writeDouble(activitySum[i]);
            out.writeFloat(activityMax[i]);
            out.writeLong(coveredMillis[i]);
        }
    }

    static CellCounters read(long cellMillis, int cells, DataInputView in) throws IOException {
        CellCounters counters = new CellCounters(cellMillis, cells);
        long newest = in.readLong();
        for (int i = 0; i < cells; i++) {
            counters.events[i] = in.readInt();
            counters.activitySum[i] = in.readDouble();
            counters.activityMax[i] = in.readFloat();
            counters.coveredMillis[i] = in.readLong();
        }
        if (newest != NONE) {
            if (Math.abs(newest) > Long.MAX_VALUE / 4 / cellMillis) {
                throw new IOException("a newest cell of " + newest);
            }
            counters.markNewest(newest);
        }
        return counters;
    }
}
