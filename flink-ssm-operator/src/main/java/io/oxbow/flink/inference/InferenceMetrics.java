package io.oxbow.flink.inference;

import io.oxbow.flink.batch.QuarantiningStep;
import io.oxbow.flink.state.ResidentStates;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * The operator's metrics, in the group {@code oxbow}. Counters are touched by the task only; gauges
 * read plain fields from reporter threads, so a value may be a moment old.
 */
final class InferenceMetrics {
    final Counter events;
    final Counter late;
    final Counter duplicates;
    final Counter sequenceGaps;
    final Counter rejected;
    final Counter stateResets;
    private final Histogram batchSize;
    private final Map<DrainCause, Counter> drains = new EnumMap<>(DrainCause.class);

    InferenceMetrics(
            MetricGroup operator, String backend, ResidentStates<?> states, QuarantiningStep step) {
        MetricGroup group = operator.addGroup("oxbow");
        events = group.counter("events");
        late = group.counter("late");
        duplicates = group.counter("duplicates");
        sequenceGaps = group.counter("sequenceGaps");
        rejected = group.counter("rejected");
        stateResets = group.counter("stateResets");
        batchSize = group.histogram("batchSize", new BatchSizes());
        MetricGroup causes = group.addGroup("drains");
        for (DrainCause cause : DrainCause.values()) {
            drains.put(cause, causes.counter(cause.metric()));
        }
        group.gauge("backend", (Gauge<String>) () -> backend);
        group.gauge("kernelNanos", (Gauge<Long>) step::kernelNanos);
        group.gauge("residentStreams", (Gauge<Integer>) states::resident);
        group.gauge("residentHitRate", (Gauge<Double>) () -> hitRate(states));
        group.gauge("evictions", (Gauge<Long>) states::evictions);
        group.gauge("writeBacks", (Gauge<Long>) states::writeBacks);
        group.gauge("modelResets", (Gauge<Long>) states::modelResets);
        group.gauge("stateBytes", (Gauge<Long>) states::tableBytes);
    }

    void drained(DrainCause cause, int size) {
        drains.get(cause).inc();
        batchSize.update(size);
    }

    long drains(DrainCause cause) {
        return drains.get(cause).getCount();
    }

    private static double hitRate(ResidentStates<?> states) {
        long hits = states.hits();
        long all = hits + states.misses();
        return all == 0 ? 1 : (double) hits / all;
    }
}
