package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

/** Makes dead letters of the updates whose models a job would not go over to. Not thread-safe. */
public final class RefusedModels extends RichFlatMapFunction<ModelVerdict, DeadLetter>
        implements ResultTypeQueryable<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final DeadLetters deadLetters;
    private transient EventEncoder<io.oxbow.kafka.event.ModelUpdate> encoder;
    private transient Counter made = new SimpleCounter();

    public RefusedModels(ReadableConfig config) {
        this.deadLetters = new DeadLetters(config);
    }

    @Override
    public void open(OpenContext context) {
        made =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup(OxbowMetric.GROUP)
                        .counter(OxbowMetric.DEAD_LETTERS.path());
    }

    @Override
    public TypeInformation<DeadLetter> getProducedType() {
        return KafkaTypeInfo.DEAD_LETTER;
    }

    @Override
    public void flatMap(ModelVerdict verdict, Collector<DeadLetter> out) {
        if (verdict.outcome() == ModelVerdict.Outcome.REFUSED) {
            if (encoder == null) {
                encoder = new EventEncoder<>(EventTypes.MODEL_UPDATE);
            }
            made.inc();
            ModelUpdate update = verdict.update();
            out.collect(
                    deadLetters.of(
                            update,
                            encoder.encode(EventMappings.MODEL_UPDATE.toRecord(update)),
                            verdict.text()));
        }
    }
}
