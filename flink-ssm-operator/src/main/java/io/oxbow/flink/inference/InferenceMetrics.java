package io.oxbow.flink.inference;

import io.oxbow.flink.batch.BatchPipeline;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.flink.metric.RecentValues;
import io.oxbow.flink.state.ResidentStates;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * The operator's metrics, in the group {@code oxbow}; {@link OxbowMetric} says what each means.
 * Counters are touched by the task only; gauges read plain fields from reporter threads, so a value
 * may be a moment old.
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
    private final Counter modelSwaps;
    private final int batchCapacity;
    private int lastBatchSize;
    private volatile String backend;
    private volatile BatchPipeline batches;
    private volatile long kernelNanosBefore;

    InferenceMetrics(
            MetricGroup operator,
            String backend,
            int batchCapacity,
            ResidentStates<?> states,
            BatchPipeline batches) {
        this.batchCapacity = batchCapacity;
        this.backend = backend;
        this.batches = batches;
        MetricGroup group = operator.addGroup(OxbowMetric.GROUP);
        events = group.counter(OxbowMetric.EVENTS.path());
        late = group.counter(OxbowMetric.LATE.path());
        duplicates = group.counter(OxbowMetric.DUPLICATES.path());
        sequenceGaps = group.counter(OxbowMetric.SEQUENCE_GAPS.path());
        rejected = group.counter(OxbowMetric.REJECTED.path());
        stateResets = group.counter(OxbowMetric.STATE_RESETS.path());
        modelSwaps = group.counter(OxbowMetric.MODEL_SWAPS.path());
        batchSize = group.histogram(OxbowMetric.BATCH_SIZE.path(), new RecentValues());
        MetricGroup causes = group.addGroup("drains");
        for (DrainCause cause : DrainCause.values()) {
            drains.put(cause, causes.counter(cause.metric()));
        }
        group.gauge(OxbowMetric.BATCH_FILL.path(), (Gauge<Double>) this::batchFill);
        group.gauge(OxbowMetric.BACKEND.path(), (Gauge<String>) () -> this.backend);
        group.gauge(OxbowMetric.KERNEL_NANOS.path(), (Gauge<Long>) this::kernelNanos);
        group.gauge(OxbowMetric.RESIDENT_STREAMS.path(), (Gauge<Integer>) states::resident);
        group.gauge(OxbowMetric.RESIDENT_HIT_RATE.path(), (Gauge<Double>) () -> hitRate(states));
        group.gauge(OxbowMetric.EVICTIONS.path(), (Gauge<Long>) states::evictions);
        group.gauge(OxbowMetric.WRITE_BACKS.path(), (Gauge<Long>) states::writeBacks);
        group.gauge(OxbowMetric.MODEL_RESETS.path(), (Gauge<Long>) states::modelResets);
        group.gauge(OxbowMetric.STATE_BYTES.path(), (Gauge<Long>) states::tableBytes);
    }

    void drained(DrainCause cause, int size) {
        drains.get(cause).inc();
        batchSize.update(size);
        lastBatchSize = size;
    }

    /** Another model runs from now on. */
    void swapped(String backend, BatchPipeline batches) {
        modelSwaps.inc();
        kernelNanosBefore += this.batches.kernelNanos();
        this.batches = batches;
        this.backend = backend;
    }

    long modelSwaps() {
        return modelSwaps.getCount();
    }

    private long kernelNanos() {
        return kernelNanosBefore + batches.kernelNanos();
    }

    long drains(DrainCause cause) {
        return drains.get(cause).getCount();
    }

    private double batchFill() {
        return (double) lastBatchSize / batchCapacity;
    }

    private static double hitRate(ResidentStates<?> states) {
        long hits = states.hits();
        long all = hits + states.misses();
        return all == 0 ? 1 : (double) hits / all;
    }
}
