package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Sends what was readable on and dead letters aside.
 *
 * @param <T> what goes on
 */
final class DecodedSplitter<T> extends ProcessFunction<Decoded, T> {
    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", KafkaTypeInfo.DEAD_LETTER);

    private static final long serialVersionUID = 1L;

    /** Null of what is not to go on. */
    private final SerializableFunction<Decoded, T> readable;

    private transient Counter deadLetters;

    private DecodedSplitter(SerializableFunction<Decoded, T> readable) {
        this.readable = readable;
    }

    static DecodedSplitter<StreamEvent> ofEvents() {
        return new DecodedSplitter<>(
                decoded -> decoded instanceof Decoded.Accepted accepted ? accepted.event() : null);
    }

    static DecodedSplitter<ModelUpdate> ofModels() {
        return new DecodedSplitter<>(
                decoded -> decoded instanceof Decoded.Offered offered ? offered.update() : null);
    }

    @Override
    public void open(OpenContext context) {
        deadLetters =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup(OxbowMetric.GROUP)
                        .counter(OxbowMetric.DEAD_LETTERS.path());
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<T> out) {
        if (decoded instanceof Decoded.Refused refused) {
            deadLetters.inc();
            context.output(DEAD_LETTERS, refused.deadLetter());
            return;
        }
        T value = readable.apply(decoded);
        if (value != null) {
            out.collect(value);
        }
    }
}
