package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class EventSerializerTest {
    private static final float[] NONE = new float[0];

    private final Configuration config = new Configuration();

    @Test
    void aRecordNamesItsEvent() throws Exception {
        Inference inference = inference("Straße", 1_700_000_000_123L);

        ProducerRecord<byte[], byte[]> record = serializer().serialize(inference, null, null);

        assertThat(record.topic()).isEqualTo("oxbow.inferences");
        assertThat(record.key()).isEqualTo("Straße".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(headers(record))
                .isEqualTo(
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", "Straße/1/2",
                                "ce_type", "io.oxbow.inferences.v2",
                                "ce_source", "oxbow",
                                "ce_time", "2023-11-14T22:13:20.123Z",
                                "content-type", "application/avro"));
        assertThat(
                        EventMappings.INFERENCE.toValue(
                                new EventDecoder().decode(EventTypes.INFERENCE, record.value())))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class)
                .isEqualTo(inference);
    }

    @Test
    void equalEventsAreEqualRecords() throws Exception {
        EventSerializer<Inference> copy = javaCopy(serializer());

        ProducerRecord<byte[], byte[]> once = serializer().serialize(inference("a", 5), null, 99L);
        ProducerRecord<byte[], byte[]> again = copy.serialize(inference("a", 5), null, null);

        assertThat(again.key()).isEqualTo(once.key());
        assertThat(again.value()).isEqualTo(once.value());
        assertThat(again.headers()).isEqualTo(once.headers());
        assertThat(again.timestamp()).isEqualTo(once.timestamp());
    }

    /** A broker refuses timestamps before 1970 and an hour ahead; the event keeps its own. */
    @Test
    void aTimestampIsOneThatBrokersTake() throws Exception {
        long inAYear = System.currentTimeMillis() + 365L * 24 * 3_600_000;

        ProducerRecord<byte[], byte[]> ahead =
                serializer().serialize(inference("a", inAYear), null, null);
        ProducerRecord<byte[], byte[]> before =
                serializer().serialize(inference("a", -5), null, null);

        assertThat(ahead.timestamp()).isLessThan(System.currentTimeMillis() + 3_600_000);
        assertThat(before.timestamp()).isZero();
        assertThat(new EventDecoder().decode(EventTypes.INFERENCE, ahead.value()).getEventTime())
                .isEqualTo(inAYear);
    }

    @Test
    void openingAndClosingDiffer() {
        EventSerializer<Anomaly> serializer =
                new EventSerializer<>(EventMappings.ANOMALY, "alerts", config);

        assertThat(headers(serializer.serialize(anomaly(Anomaly.Phase.OPEN), null, null)))
                .containsEntry("ce_id", "cam/novelty/1/OPEN");
        assertThat(headers(serializer.serialize(anomaly(Anomaly.Phase.CLOSE), null, null)))
                .containsEntry("ce_id", "cam/novelty/1/CLOSE");
    }

    private EventSerializer<Inference> serializer() {
        return new EventSerializer<>(EventMappings.INFERENCE, "oxbow.inferences", config);
    }

    private static Inference inference(String streamId, long eventTime) {
        return new Inference(
                streamId,
                1,
                2,
                eventTime,
                0,
                0,
                3,
                Health.OK,
                0.5f,
                0.25f,
                Float.NaN,
                new float[] {1, 2},
                NONE,
                NONE,
                NONE,
                NONE,
                NONE);
    }

    private static Anomaly anomaly(Anomaly.Phase phase) {
        return new Anomaly(
                "cam",
                "novelty",
                phase,
                1,
                2,
                0.5f,
                0.1f,
                List.of(),
                "cam/novelty/1",
                "Odd.",
                List.of());
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    @SuppressWarnings("unchecked")
    private static <T> T javaCopy(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
