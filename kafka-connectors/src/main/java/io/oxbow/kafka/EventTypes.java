package io.oxbow.kafka;

import io.oxbow.kafka.event.Anomaly;
import io.oxbow.kafka.event.Answer;
import io.oxbow.kafka.event.Audio;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.Inference;
import io.oxbow.kafka.event.ModelUpdate;
import io.oxbow.kafka.event.Query;
import io.oxbow.kafka.event.SensorReading;
import io.oxbow.kafka.event.Summary;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every kind of event on Kafka. A new event is a schema in {@code src/main/avro}, its stored
 * version under {@code event/schemas}, and a line here; a changed schema raises the version in its
 * line and stores the new one beside the old.
 *
 * <p>A line: number, version, record, name, and the fields that make its identity.
 */
public final class EventTypes {
    public static final EventType<Frame> FRAME =
            new EventType<>(1, 1, Frame.class, "frames", "streamId/epoch/seq");
    public static final EventType<Features> FEATURES =
            new EventType<>(2, 1, Features.class, "features", "streamId/epoch/seq");
    public static final EventType<SensorReading> SENSOR_READING =
            new EventType<>(3, 1, SensorReading.class, "sensors", "streamId/epoch/seq");
    public static final EventType<Audio> AUDIO =
            new EventType<>(4, 1, Audio.class, "audio", "streamId/epoch/seq");
    public static final EventType<Query> QUERY =
            new EventType<>(5, 1, Query.class, "queries", "queryId/streamId");
    public static final EventType<Inference> INFERENCE =
            new EventType<>(6, 2, Inference.class, "inferences", "streamId/epoch/seq");
    public static final EventType<Anomaly> ANOMALY =
            new EventType<>(7, 2, Anomaly.class, "anomalies", "dedupKey/phase");
    public static final EventType<Summary> SUMMARY =
            new EventType<>(8, 1, Summary.class, "summaries", "streamId/kind/from/to/stateVersion");
    public static final EventType<Answer> ANSWER =
            new EventType<>(9, 1, Answer.class, "answers", "queryId/streamId");
    public static final EventType<DeadLetter> DEAD_LETTER =
            new EventType<>(
                    10, 1, DeadLetter.class, "dead-letters", "topic/partition/offset/stage/seq");
    public static final EventType<ModelUpdate> MODEL_UPDATE =
            new EventType<>(11, 1, ModelUpdate.class, "models", "modelId/version");

    private static final List<EventType<?>> ALL =
            List.of(
                    FRAME,
                    FEATURES,
                    SENSOR_READING,
                    AUDIO,
                    QUERY,
                    INFERENCE,
                    ANOMALY,
                    SUMMARY,
                    ANSWER,
                    DEAD_LETTER,
                    MODEL_UPDATE);

    private EventTypes() {}

    /** Every event type, by number. */
    public static List<EventType<?>> all() {
        return ALL;
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EventType<?> named(String name) {
        for (EventType<?> type : ALL) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no event is called '" + name + "'; known are " + ALL);
    }

    /** The type whose record that schema describes, or described before it was renamed, or null. */
    static EventType<?> of(Schema schema) {
        for (EventType<?> type : ALL) {
            if (SchemaRenames.isOrWas(schema, type.schema())) {
                return type;
            }
        }
        return null;
    }
}
