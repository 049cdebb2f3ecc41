package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Observation;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records of features as Kafka hands them out, and what is read from them. */
final class FeatureRecords {
    static final long ENCODER = 0x5EED;
    static final long TIMESTAMP = 1_700_000_000_000L;

    private FeatureRecords() {}

    static Decoded decodeOne(EventDeserializer deserializer, String key, byte[] value) {
        List<Decoded> decoded = decode(deserializer, record(key, value));
        assertThat(decoded).hasSize(1);
        return decoded.get(0);
    }

    static List<Decoded> decode(
            EventDeserializer deserializer, ConsumerRecord<byte[], byte[]> record) {
        List<Decoded> decoded = new ArrayList<>();
        deserializer.deserialize(record, new ListCollector<>(decoded));
        return decoded;
    }

    static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>(
                "oxbow.features",
                5,
                6,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key == null ? null : utf8(key),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    static Observation observation(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return (Observation) ((Decoded.Accepted) decoded).event();
    }

    static DeadLetter letter(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded).deadLetter();
    }

    static Features with(String field, Object value) {
        Features event = features(1, 2, 3);
        event.put(field, value);
        return event;
    }

    static Features features(float... values) {
        return new Features(
                "cam",
                1L,
                2L,
                TIMESTAMP,
                ClockSource.DEVICE,
                4L,
                "luma-motion-64.v1",
                ENCODER,
                values.length == 0 ? 3 : values.length,
                ElementType.F32,
                Vectors.bytes(values),
                io.oxbow.kafka.event.Health.NIGHT);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] encode(Features event) {
        return new EventEncoder<>(EventTypes.FEATURES).encode(event);
    }
}
