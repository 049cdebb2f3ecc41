package io.oxbow.kafka;

import io.oxbow.flink.event.Summary;
import io.oxbow.kafka.event.DeadLetter;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;

/**
 * The outputs of a job, exactly once unless {@code oxbow.kafka.delivery} says otherwise: then
 * consumers must read committed records only.
 */
public final class OxbowSinks {
    /** Room in a record for what is not the original bytes of a dead letter. */
    static final int RECORD_OVERHEAD = 64 * 1024;

    /**
     * Bytes of a producer's batch for a partition. Each batch costs a request's share and LZ4
     * buffers of 128 KiB, and the client's own 16 KiB hold thirty inferences. What is not full
     * leaves as soon as ever ({@code linger.ms}).
     */
    static final int BATCH_BYTES = 256 * 1024;

    private OxbowSinks() {}

    /** A sink to the topic of the values' type. */
    public static <V, R extends SpecificRecordBase> KafkaSink<V> sink(
            EventMapping<V, R> mapping, ReadableConfig config) {
        return sink(mapping, KafkaOptions.topic(config, mapping.type()), config);
    }

    /** A sink to another topic. Two sinks of one job never share a topic. */
    public static <V, R extends SpecificRecordBase> KafkaSink<V> sink(
            EventMapping<V, R> mapping, String topic, ReadableConfig config) {
        DeliveryGuarantee delivery = config.get(KafkaOptions.DELIVERY);
        KafkaSinkBuilder<V> sink =
                KafkaSink.<V>builder()
                        .setBootstrapServers(config.get(KafkaOptions.BOOTSTRAP_SERVERS))
                        .setKafkaProducerConfig(producerProperties(config))
                        .setDeliveryGuarantee(delivery)
                        .setRecordSerializer(new EventSerializer<>(mapping, topic, config));
        if (delivery == DeliveryGuarantee.EXACTLY_ONCE) {
            sink.setTransactionalIdPrefix(
                    config.get(KafkaOptions.TRANSACTIONAL_ID_PREFIX) + "-" + topic);
        }
        return sink.build();
    }

    /** A sink to the compacted topic, where every stream's latest summary stays. */
    public static KafkaSink<Summary> latestSummaries(ReadableConfig config) {
        return sink(EventMappings.SUMMARY, KafkaOptions.latestSummariesTopic(config), config);
    }

    public static KafkaSink<DeadLetter> deadLetters(ReadableConfig config) {
        return sink(EventMappings.same(EventTypes.DEAD_LETTER), config);
    }

    /** Largest record that the sinks and producers will send. */
    static int maxRecordSize(ReadableConfig config) {
        long largest =
                Math.max(
                        config.get(KafkaOptions.MAX_DEAD_LETTER_SIZE).getBytes(),
                        config.get(KafkaOptions.MAX_EVENT_SIZE).getBytes());
        return (int) Math.min(largest + RECORD_OVERHEAD, Integer.MAX_VALUE);
    }

    private static Properties producerProperties(ReadableConfig config) {
        Properties properties = new Properties();
        properties.setProperty(
                "transaction.timeout.ms",
                String.valueOf(config.get(KafkaOptions.TRANSACTION_TIMEOUT).toMillis()));
        properties.setProperty("max.request.size", String.valueOf(maxRecordSize(config)));
        properties.setProperty("compression.type", "lz4");
        properties.setProperty("batch.size", String.valueOf(BATCH_BYTES));
        properties.putAll(KafkaOptions.clientProperties(config));
        return properties;
    }
}
