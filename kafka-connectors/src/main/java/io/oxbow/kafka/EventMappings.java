package io.oxbow.kafka;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Summary;
import io.oxbow.kafka.event.Features;
import org.apache.avro.specific.SpecificRecordBase;

/** The mappings of all values that jobs write to Kafka or read from it. */
public final class EventMappings {
    public static final EventMapping<Observation, Features> OBSERVATION = new ObservationMapping();
    public static final EventMapping<Query, io.oxbow.kafka.event.Query> QUERY = new QueryMapping();
    public static final EventMapping<ModelUpdate, io.oxbow.kafka.event.ModelUpdate> MODEL_UPDATE =
            new ModelUpdateMapping();
    public static final EventMapping<Inference, io.oxbow.kafka.event.Inference> INFERENCE =
            new InferenceMapping();
    public static final EventMapping<Anomaly, io.oxbow.kafka.event.Anomaly> ANOMALY =
            new AnomalyMapping();
    public static final EventMapping<Summary, io.oxbow.kafka.event.Summary> SUMMARY =
            new SummaryMapping();
    public static final EventMapping<Answer, io.oxbow.kafka.event.Answer> ANSWER =
            new AnswerMapping();

    private EventMappings() {}

    /** The mapping of a generated record to itself. */
    public static <R extends SpecificRecordBase> EventMapping<R, R> same(EventType<R> type) {
        return new SameMapping<>(type);
    }

    private record SameMapping<R extends SpecificRecordBase>(EventType<R> type)
            implements EventMapping<R, R> {
        @Override
        public R toRecord(R value) {
            return value;
        }

        @Override
        public R toValue(R record) {
            return record;
        }
    }
}
