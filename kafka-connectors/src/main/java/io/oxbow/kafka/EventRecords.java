package io.oxbow.kafka;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Makes Kafka records of events of one type: the stream id as key, the event time as timestamp, and
 * CloudEvents headers whose {@code ce_id} is the same whenever the same event is written.
 *
 * @param <R> the generated record
 */
final class EventRecords<R extends SpecificRecordBase> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final byte[] SPEC_VERSION = utf8("1.0");
    private static final byte[] CONTENT_TYPE = utf8("application/avro");

    private final EventType<R> type;
    private final byte[] source;
    private final byte[] cloudEventType;
    private final long maxMillisAhead;
    private final SchemaIds schemaIds;
    private transient EventEncoder<R> encoder;
    private transient IsoTime time;

    EventRecords(EventType<R> type, ReadableConfig config) {
        this.type = type;
        this.source = utf8(config.get(KafkaOptions.EVENT_SOURCE));
        this.cloudEventType = utf8("io.oxbow." + type.name() + ".v" + type.version());
        this.schemaIds = new SchemaIds(config);
        this.maxMillisAhead = config.get(KafkaOptions.MAX_TIMESTAMP_AHEAD).toMillis();
    }

    ProducerRecord<byte[], byte[]> record(String topic, R event) {
        if (encoder == null) {
            encoder = new EventEncoder<>(type);
            time = new IsoTime();
        }
        String key = type.key(event);
        long eventTime = type.eventTime(event);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        null,
                        timestamp(eventTime),
                        key.isEmpty() ? null : utf8(key),
                        encoder.encode(event, schemaIds.of(type, topic)));
        Headers headers = record.headers();
        headers.add("ce_specversion", SPEC_VERSION);
        headers.add("ce_id", utf8(type.identity(event)));
        headers.add("ce_type", cloudEventType);
        headers.add("ce_source", source);
        headers.add("ce_time", utf8(time.of(eventTime)));
        headers.add("content-type", CONTENT_TYPE);
        return record;
    }

    /** What a broker accepts: not negative, and not far ahead of the clock. */
    private long timestamp(long eventTime) {
        long latest = System.currentTimeMillis() + maxMillisAhead;
        return Math.max(0, Math.min(eventTime, latest));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
