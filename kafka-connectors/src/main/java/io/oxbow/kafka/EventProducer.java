package io.oxbow.kafka;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes events from outside a job: ingest, questions, the demo. Idempotent, so the retries of the
 * client neither repeat nor reorder.
 *
 * <p>Bounded: {@link #send} waits while 32 MiB are under way ({@code buffer.memory}), and gives up
 * after a minute ({@code max.block.ms}). What the broker refuses later is thrown by the next call.
 * One thread at a time.
 */
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final ReadableConfig config;
    private final String servers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<EventType<?>, EventRecords<?>> records = new IdentityHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @throws BrokerException if the properties are unusable or no broker's name resolves
     */
    public EventProducer(ReadableConfig config) throws BrokerException {
        this.config = config;
        Properties properties = new Properties();
        properties.setProperty("enable.idempotence", "true");
        properties.setProperty("acks", "all");
        properties.setProperty("compression.type", "lz4");
        properties.setProperty("batch.size", String.valueOf(OxbowSinks.BATCH_BYTES));
        properties.setProperty(
                "max.request.size", String.valueOf(OxbowSinks.maxRecordSize(config)));
        properties.putAll(KafkaOptions.clientProperties(config));
        this.servers = properties.getProperty("bootstrap.servers");
        try {
            this.producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw BrokerException.noClient(servers, e);
        }
    }

    /** Sends a value to the topic of its type. */
    public <V, R extends SpecificRecordBase> void send(EventMapping<V, R> mapping, V value)
            throws BrokerException {
        send(mapping.type(), mapping.toRecord(value));
    }

    /**
     * Sends an event to the topic of its type.
     *
     * @throws BrokerException if this or an earlier event cannot be delivered
     */
    public <R extends SpecificRecordBase> void send(EventType<R> type, R event)
            throws BrokerException {
        throwFailure();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = records(type).record(KafkaOptions.topic(config, type), event);
        } catch (UncheckedIOException e) {
            throw new BrokerException(e.getCause().getMessage(), e);
        }
        try {
            producer.send(
                    record,
                    (metadata, e) -> {
                        if (e != null) {
                            failure.compareAndSet(null, e);
                        }
                    });
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Sending to Kafka was interrupted.", e);
        } catch (KafkaException e) {
            throw describe(e);
        }
    }

    /**
     * Returns when all events sent so far are stored.
     *
     * @throws BrokerException if one of them is not
     */
    public void flush() throws BrokerException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Sending to Kafka was interrupted.", e);
        }
        throwFailure();
    }

    /**
     * Waits up to half a minute for what is under way.
     *
     * @throws BrokerException if an event sent was not stored
     */
    @Override
    public void close() throws BrokerException {
        try {
            producer.close(CLOSE_PATIENCE);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Sending to Kafka was interrupted.", e);
        }
        throwFailure();
    }

    @SuppressWarnings("unchecked")
    private <R extends SpecificRecordBase> EventRecords<R> records(EventType<R> type) {
        return (EventRecords<R>)
                records.computeIfAbsent(type, t -> new EventRecords<>(type, config));
    }

    private void throwFailure() throws BrokerException {
        Exception e = failure.getAndSet(null);
        if (e != null) {
            throw describe(e);
        }
    }

    private BrokerException describe(Exception e) {
        return e instanceof TimeoutException
                ? BrokerException.unreachable(servers, e)
                : BrokerException.refused(servers, "would not take an event", e);
    }
}
