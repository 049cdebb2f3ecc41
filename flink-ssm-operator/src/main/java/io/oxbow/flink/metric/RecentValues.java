package io.oxbow.flink.metric;

import java.util.Arrays;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * The last 1024 values of something, for a histogram.
 *
 * <p>Written by the task, read by reporters now and then without a lock: a reading may mix old and
 * new values, which a metric can bear.
 */
public final class RecentValues implements Histogram {
    private static final int WINDOW = 1024;

    private final long[] recent = new long[WINDOW];
    private long count;

    @Override
    public void update(long value) {
        recent[(int) (count % WINDOW)] = value;
        count++;
    }

    @Override
    public long getCount() {
        return count;
    }

    @Override
    public HistogramStatistics getStatistics() {
        long[] sorted = Arrays.copyOf(recent, (int) Math.min(count, WINDOW));
        Arrays.sort(sorted);
        return new Sorted(sorted);
    }

    private static final class Sorted extends HistogramStatistics {
        private final long[] values;

        Sorted(long[] values) {
            this.values = values;
        }

        @Override
        public double getQuantile(double quantile) {
            return values.length == 0 ? 0 : values[(int) (quantile * (values.length - 1))];
        }

        @Override
        public long[] getValues() {
            return values;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public double getMean() {
            return Arrays.stream(values).average().orElse(0);
        }

        @Override
        public double getStdDev() {
            double mean = getMean();
            return Math.sqrt(
                    Arrays.stream(values)
                            .mapToDouble(v -> (v - mean) * (v - mean))
                            .average()
                            .orElse(0));
        }

        @Override
        public long getMax() {
            return values.length == 0 ? 0 : values[values.length - 1];
        }

        @Override
        public long getMin() {
            return values.length == 0 ? 0 : values[0];
        }
    }
}
