package io.oxbow.bench.detect;

import java.util.List;

/**
 * A recording whose unusual stretches are known.
 *
 * @param name folder and file, for people
 * @param times (rows) milliseconds since the epoch
 * @param values (rows, channels)
 * @param anomalies stretches of rows, in order and apart from each other
 */
public record LabelledSeries(
        String name, long[] times, float[][] values, List<RowRange> anomalies) {

    /** Rows {@code first} to {@code last}, both included. */
    public record RowRange(int first, int last) {
        public int width() {
            return last - first + 1;
        }
    }

    public LabelledSeries {
        anomalies = List.copyOf(anomalies);
    }

    public int rows() {
        return times.length;
    }

    public int channels() {
        return values[0].length;
    }

    /** Whether each row lies in an anomaly. */
    public boolean[] labels() {
        boolean[] labels = new boolean[rows()];
        for (RowRange range : anomalies) {
            for (int row = range.first(); row <= range.last(); row++) {
                labels[row] = true;
            }
        }
        return labels;
    }
}
