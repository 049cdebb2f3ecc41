package io.oxbow.kafka;

import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends events on and dead letters aside. */
final class DecodedSplitter extends ProcessFunction<Decoded, StreamEvent> {
    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", KafkaTypeInfo.DEAD_LETTER);

    private static final long serialVersionUID = 1L;

    private transient Counter deadLetters;

    @Override
    public void open(OpenContext context) {
        deadLetters =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup(OxbowMetric.GROUP)
                        .counter(OxbowMetric.DEAD_LETTERS.path());
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<StreamEvent> out) {
        if (decoded instanceof Decoded.Accepted accepted) {
            out.collect(accepted.event());
        } else if (decoded instanceof Decoded.Refused refused) {
            deadLetters.inc();
            context.output(DEAD_LETTERS, refused.deadLetter());
        }
    }
}
