package io.oxbow.flink.summary;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Exact counters of the last cells of time: events, the sum of each curve's values, the largest
 * activity and novelty, and the time for which there were data. A ring; cell {@code i} covers
 * {@code [i, i + 1) * cellMillis}. Not thread-safe.
 */
final class CellCounters {
    private static final long NONE = Long.MIN_VALUE;

    /** Curves whose largest value is kept: the activity and the novelty. */
    private static final int MAXIMA = MemoryPlan.CHANNELS;

    private final long cellMillis;
    private final int curves;
    private final int[] events;

    /** (cells, curves), row-major. */
    private final double[] sums;

    /** (cells, MAXIMA), row-major. */
    private final float[] largest;

    private final long[] coveredMillis;

    /** Newest cell touched, or {@link #NONE}. */
    private long newest = NONE;

    /** The time range of the newest cell, so that most events need no division. */
    private long newestFrom = Long.MAX_VALUE;

    private long newestTo = Long.MIN_VALUE;
    private int newestAt;

    CellCounters(long cellMillis, int cells, int curves) {
        this.cellMillis = cellMillis;
        this.curves = curves;
        this.events = new int[cells];
        this.sums = new double[cells * curves];
        this.largest = new float[cells * MAXIMA];
        this.coveredMillis = new long[cells];
    }

    /** Size of a ring as it is written. */
    static int bytes(int cells, int curves) {
        return 8 + cells * (4 + 8 + curves * 8 + MAXIMA * 4);
    }

    int cells() {
        return events.length;
    }

    long cellMillis() {
        return cellMillis;
    }

    /**
     * Counts an event; one older than the ring is not counted.
     *
     * @param values one of each curve
     */
    void add(long time, float[] values) {
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
        boolean first = events[at]++ == 0;
        for (int c = 0; c < curves; c++) {
            sums[at * curves + c] += values[c];
        }
        for (int c = 0, i = at * MAXIMA; c < MAXIMA; c++, i++) {
            largest[i] = first ? values[c] : Math.max(largest[i], values[c]);
        }
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
            clear(0, cells());
        } else {
            for (long c = newest + 1; c <= cell; c++) {
                clear(at(c), at(c) + 1);
            }
        }
        markNewest(cell);
    }

    private void clear(int from, int to) {
        Arrays.fill(events, from, to, 0);
        Arrays.fill(sums, from * curves, to * curves, 0);
        Arrays.fill(largest, from * MAXIMA, to * MAXIMA, 0);
        Arrays.fill(coveredMillis, from, to, 0);
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
     * Adds up the cells of {@code [from, to)}, both on the grid. Cells the ring does not hold count
     * as empty.
     */
    Tally tally(long from, long to) {
        Tally tally = new Tally(curves);
        if (newest == NONE) {
            return tally;
        }
        long first = Math.max(Math.floorDiv(from, cellMillis), newest - cells() + 1);
        long last = Math.min(Math.floorDiv(to - 1, cellMillis), newest);
        for (long cell = first; cell <= last; cell++) {
            int at = at(cell);
            tally.coveredMillis += coveredMillis[at];
            if (events[at] > 0) {
                tally.add(events[at], sums, largest, at);
            }
        }
        return tally;
    }

    /** A sum over cells. */
    static final class Tally {
        private final double[] sums;
        private final float[] largest;
        private long events;
        private long coveredMillis;

        private Tally(int curves) {
            sums = new double[curves];
            largest = new float[MAXIMA];
            Arrays.fill(largest, Float.NaN);
        }

        private void add(int more, double[] itsSums, float[] itsLargest, int cell) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += itsSums[cell * sums.length + c];
            }
            for (int c = 0; c < MAXIMA; c++) {
                float other = itsLargest[cell * MAXIMA + c];
                largest[c] = events == 0 ? other : Math.max(largest[c], other);
            }
            events += more;
        }

        long events() {
            return events;
        }

        long coveredMillis() {
            return coveredMillis;
        }

        /** Mean activity of the events; NaN if there are none. */
        float mean() {
            return mean(MemoryPlan.ACTIVITY);
        }

        /** Mean of one curve over the events; NaN if there are none. */
        float mean(int curve) {
            return events == 0 ? Float.NaN : (float) (sums[curve] / events);
        }

        /** Largest activity or novelty; NaN if there are no events. */
        float max(int curve) {
            return largest[curve];
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(newest);
        for (int i = 0; i < events.length; i++) {
            out.writeInt(events[i]);
            out.writeLong(coveredMillis[i]);
        }
        for (double sum : sums) {
            out.writeDouble(sum);
        }
        for (float value : largest) {
            out.writeFloat(value);
        }
    }

    static CellCounters read(long cellMillis, int cells, int curves, DataInputView in)
            throws IOException {
        CellCounters counters = new CellCounters(cellMillis, cells, curves);
        long newest = in.readLong();
        for (int i = 0; i < cells; i++) {
            counters.events[i] = in.readInt();
            counters.coveredMillis[i] = in.readLong();
        }
        for (int i = 0; i < counters.sums.length; i++) {
            counters.sums[i] = in.readDouble();
        }
        for (int i = 0; i < counters.largest.length; i++) {
            counters.largest[i] = in.readFloat();
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
