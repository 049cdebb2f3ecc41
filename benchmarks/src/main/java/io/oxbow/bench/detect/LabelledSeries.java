package io.oxbow.bench.detect;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A recording whose unusual stretches are known.
 *
 * @param name folder and file, for people
 * @param times (rows) milliseconds since the epoch
 * @param values (rows, channels)
 * @param anomalies stretches of rows, in order and apart from each other
 * @param judgedFrom first row that is ranked: what lies before is there to learn from
 */
public record LabelledSeries(
        String name, long[] times, float[][] values, List<RowRange> anomalies, int judgedFrom) {

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

    /** What is left of the anomalies from {@link #judgedFrom()}, counted from there. */
    List<RowRange> judgedAnomalies() {
        return anomalies.stream()
                .filter(range -> range.last() >= judgedFrom)
                .map(
                        range ->
                                new RowRange(
                                        Math.max(0, range.first() - judgedFrom),
                                        range.last() - judgedFrom))
                .toList();
    }

    /** A channel from {@link #judgedFrom()}. */
    double[] judgedValues(int channel) {
        return IntStream.range(judgedFrom, rows()).mapToDouble(r -> values[r][channel]).toArray();
    }
}
