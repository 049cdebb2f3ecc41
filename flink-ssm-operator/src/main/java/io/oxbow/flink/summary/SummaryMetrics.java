package io.oxbow.flink.summary;

import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.flink.metric.RecentValues;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * The summariser's metrics, in the group {@code oxbow}; {@link OxbowMetric} says what each means.
 * Counters are touched by the task only; gauges read plain fields from reporter threads.
 */
final class SummaryMetrics {
    final Counter summaries;
    final Counter anomalies;
    final Counter impossibleTimes;
    private final Counter answers;
    private final Histogram queryLatency;

    SummaryMetrics(MetricGroup operator, ResidentMemories memories) {
        MetricGroup group = operator.addGroup(OxbowMetric.GROUP);
        summaries = group.counter(OxbowMetric.SUMMARIES.path());
        anomalies = group.counter(OxbowMetric.ANOMALIES.path());
        answers = group.counter(OxbowMetric.ANSWERS.path());
        impossibleTimes = group.counter(OxbowMetric.IMPOSSIBLE_TIMES.path());
        queryLatency = group.histogram(OxbowMetric.QUERY_LATENCY.path(), new RecentValues());
        group.gauge(OxbowMetric.SUMMARY_RESIDENT_STREAMS.path(), (Gauge<Integer>) memories::size);
        group.gauge(OxbowMetric.SUMMARY_EVICTIONS.path(), (Gauge<Long>) memories::evictions);
        group.gauge(OxbowMetric.SUMMARY_WRITE_BACKS.path(), (Gauge<Long>) memories::writeBacks);
    }

    /**
     * @param askedAt the question's own time, milliseconds since the epoch
     * @param now by the task's clock
     */
    void answered(long askedAt, long now) {
        answers.inc();
        queryLatency.update(Math.max(0, now - askedAt));
    }
}
