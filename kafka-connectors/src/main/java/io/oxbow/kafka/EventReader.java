package io.oxbow.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the events of one topic outside a job: console, answers, tests. Committed records only; all
 * partitions that are there at the start; no consumer group, so readers do not share. One thread at
 * a time.
 *
 * @param <V> the value
 */
public final class EventReader<V> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private interface RecordReader<V> {
        V read(byte[] bytes) throws EventDecodingException;
    }

    private final String servers;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordReader<V> recordReader;
    private long unreadable;

    private EventReader(
            RecordReader<V> recordReader, String topic, boolean fromStart, ReadableConfig config)
            throws BrokerException {
        this.recordReader = recordReader;
        Properties properties = new Properties();
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        properties.putAll(KafkaOptions.clientProperties(config));
        this.servers = properties.getProperty("bootstrap.servers");
        try {
            this.consumer =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw BrokerException.noClient(servers, e);
        }
        try {
            assign(topic, fromStart);
        } catch (BrokerException | RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Reads the topic of the values' type from its first record. */
    public static <V, R extends SpecificRecordBase> EventReader<V> fromStart(
            EventMapping<V, R> mapping, ReadableConfig config) throws BrokerException {
        return open(mapping, KafkaOptions.topic(config, mapping.type()), true, config);
    }

    /** Reads what is written to the topic of the values' type after this call has returned. */
    public static <V, R extends SpecificRecordBase> EventReader<V> fromNow(
            EventMapping<V, R> mapping, ReadableConfig config) throws BrokerException {
        return open(mapping, KafkaOptions.topic(config, mapping.type()), false, config);
    }

    /**
     * Reads any topic of such values.
     *
     * @throws BrokerException if no broker answers or there is no such topic
     */
    public static <V, R extends SpecificRecordBase> EventReader<V> open(
            EventMapping<V, R> mapping, String topic, boolean fromStart, ReadableConfig config)
            throws BrokerException {
        EventDecoder decoder = new EventDecoder(SchemaSource.of(config));
        return new EventReader<>(
                bytes -> mapping.toValue(decoder.decode(mapping.type(), bytes)),
                topic,
                fromStart,
                config);
    }

    /**
     * The values that came, in order within a partition; empty if none came in time. Records that
     * are no such events are counted and passed over.
     */
    public List<V> poll(Duration timeout) throws BrokerException {
        List<V> values = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
                try {
                    values.add(recordReader.read(record.value()));
                } catch (EventDecodingException e) {
                    unreadable++;
                }
            }
        } catch (KafkaException e) {
            throw BrokerException.refused(servers, "stopped answering", e);
        }
        return values;
    }

    /** Records passed over so far because they are no such events. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assign(String topic, boolean fromStart) throws BrokerException {
        List<TopicPartition> partitions = new ArrayList<>();
        try {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            if (partitions.isEmpty()) {
                throw new BrokerException(
                        "Kafka at " + servers + " has no topic " + topic + ".", null);
            }
            consumer.assign(partitions);
            if (fromStart) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy; asking for the positions fixes them now.
            for (TopicPartition partition : partitions) {
                consumer.position(partition);
            }
        } catch (TimeoutException e) {
            throw BrokerException.unreachable(servers, e);
        } catch (KafkaException e) {
            throw BrokerException.refused(servers, "does not let " + topic + " be read", e);
        }
    }
}
