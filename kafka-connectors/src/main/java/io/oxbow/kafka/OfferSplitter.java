package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.metric.OxbowMetric;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends updates of the model on and dead letters aside. */
final class OfferSplitter extends ProcessFunction<Decoded, ModelUpdate> {
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
    public void processElement(Decoded decoded, Context context, Collector<ModelUpdate> out) {
        if (decoded instanceof Decoded.Offered offered) {
            out.collect(offered.update());
        } else if (decoded instanceof Decoded.Refused refused) {
            deadLetters.inc();
            context.output(DecodedSplitter.DEAD_LETTERS, refused.deadLetter());
        }
    }
}
