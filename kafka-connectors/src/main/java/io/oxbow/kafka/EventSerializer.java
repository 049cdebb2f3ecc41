package io.oxbow.kafka;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes values of one type in a sink. A value that asks for a topic of its own is written there if
 * the topic exists, else to the usual one.
 *
 * @param <V> the value
 */
public final class EventSerializer<V> implements KafkaRecordSerializationSchema<V> {
    private static final long serialVersionUID = 1L;

    private final Mapped<V, ?> mapped;

    /**
     * @param topic the usual topic
     */
    public <R extends SpecificRecordBase> EventSerializer(
            EventMapping<V, R> mapping, String topic, ReadableConfig config) {
        this.mapped =
                new Mapped<>(
                        mapping,
                        new EventRecords<>(mapping.type(), config),
                        topic,
                        new RequestedTopics(KafkaOptions.clientProperties(config)));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            V value, KafkaSinkContext context, Long timestamp) {
        return mapped.record(value);
    }

    private record Mapped<V, R extends SpecificRecordBase>(
            EventMapping<V, R> mapping,
            EventRecords<R> records,
            String usualTopic,
            RequestedTopics requestedTopics)
            implements java.io.Serializable {

        ProducerRecord<byte[], byte[]> record(V value) {
            String requested = mapping.requestedTopic(value);
            String topic =
                    !requested.isEmpty() && requestedTopics.exists(requested)
                            ? requested
                            : usualTopic;
            return records.record(topic, mapping.toRecord(value));
        }
    }
}
