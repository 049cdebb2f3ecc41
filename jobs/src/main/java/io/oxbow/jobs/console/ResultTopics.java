package io.oxbow.jobs.console;

import io.oxbow.kafka.EventDecoder;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.SchemaSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics the page reads, how far back each is worth reading, and where its records go. */
final class ResultTopics {
    private static final long INFERENCES_BACK = 1_000_000;
    private static final long SUMMARIES_BACK = 500_000;
    private static final long ANOMALIES_BACK = 100_000;

    private record Topic(EventType<?> type, long recordsBack) {}

    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final EventDecoder decoder;
    private final StreamBoard board;
    private final Questions questions;

    ResultTopics(ReadableConfig options, StreamBoard board, Questions questions) {
        this.board = board;
        this.questions = questions;
        this.decoder = new EventDecoder(SchemaSource.of(options));
        put(options, EventTypes.SUMMARY, SUMMARIES_BACK);
        put(options, EventTypes.ANOMALY, ANOMALIES_BACK);
        put(options, EventTypes.INFERENCE, INFERENCES_BACK);
        put(options, EventTypes.ANSWER, 0);
    }

    Set<String> names() {
        return topics.keySet();
    }

    /** How many of the topic's newest records are read when the page starts. */
    long recordsBack(String topic) {
        return topics.get(topic).recordsBack();
    }

    /**
     * Puts a record on the board, or gives it to who asked for it.
     *
     * @throws EventDecodingException if it is no result
     */
    void take(ConsumerRecord<byte[], byte[]> record) throws EventDecodingException {
        EventType<?> type = topics.get(record.topic()).type();
        byte[] bytes = record.value();
        if (type == EventTypes.INFERENCE) {
            board.add(EventMappings.INFERENCE.toValue(decoder.decode(EventTypes.INFERENCE, bytes)));
        } else if (type == EventTypes.SUMMARY) {
            board.add(EventMappings.SUMMARY.toValue(decoder.decode(EventTypes.SUMMARY, bytes)));
        } else if (type == EventTypes.ANOMALY) {
            board.add(EventMappings.ANOMALY.toValue(decoder.decode(EventTypes.ANOMALY, bytes)));
        } else {
            questions.answered(decoder.decode(EventTypes.ANSWER, bytes));
        }
    }

    private void put(ReadableConfig options, EventType<?> type, long recordsBack) {
        topics.put(KafkaOptions.topic(options, type), new Topic(type, recordsBack));
    }
}
