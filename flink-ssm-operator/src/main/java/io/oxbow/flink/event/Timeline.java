package io.oxbow.flink.event;

import java.util.Arrays;

/**
 * A curve over time, reconstructed from the stream's memory. Treat {@code values} as immutable.
 *
 * @param from start of the first cell, milliseconds since the epoch
 * @param stepMillis width of a cell
 * @param values mean per cell; NaN where nothing was seen
 * @param error root mean square difference from the truth over the cells both know; NaN if it is
 *     not known
 * @param bound nine cells in ten are within this of the truth; NaN if that is not known
 */
public record Timeline(long from, long stepMillis, float[] values, float error, float bound) {
    /** For records that carry no curve. */
    public static final Timeline EMPTY = new Timeline(0, 0, new float[0], Float.NaN, Float.NaN);

    /** Compares the values too, NaN being equal to NaN. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Timeline other
                && from == other.from
                && stepMillis == other.stepMillis
                && Float.compare(error, other.error) == 0
                && Float.compare(bound, other.bound) == 0
                && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Long.hashCode(from);
    }

    @Override
    public String toString() {
        return "Timeline[from="
                + from
                + ", stepMillis="
                + stepMillis
                + ", values="
                + Arrays.toString(values)
                + ", error="
                + error
                + ", bound="
                + bound
                + "]";
    }
}
