package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignInputsTest {
    private static final String TIME = "2026-03-01T12:00:00.250Z";
    private static final long MILLIS = 1_772_366_400_250L;
    private static final String MINIMAL =
            """
            {"version": "4.0", "id": "252", "@timestamp": "2026-03-01T12:00:00.250Z",
             "sensorId": "gate", "objects": [
              "17|192|108|384|540|Person|#|female|30|black|none|formal|0.8",
              "18446744073709551615|10.5|20.25|30|40|Vehicle|#|sedan|Bugatti|M|blue|CA|0.9"]}
            """;
    private static final String FULL =
            """
            {"messageid": "84a3a0ad", "mdsversion": "1.0", "@timestamp": "2026-03-01T12:00:00.250Z",
             "place": {"id": "1", "type": "garage"}, "sensor": {"id": "gate", "type": "Camera"},
             "analyticsModule": {"id": "XYZ"},
             "object": {"id": "-1", "speed": 0.0, "direction": 0.0, "orientation": 0.0,
              "vehicle": {"type": "sedan", "confidence": 0.7},
              "bbox": {"topleftx": 1, "toplefty": 2, "bottomrightx": 300, "bottomrighty": 400.5},
              "location": {"lat": 30.3, "lon": -40.5}, "coordinate": {"x": 5, "y": 10}},
             "event": {"id": "4f8436ab", "type": "entry"}}
            """;

    private final Configuration config =
            new Configuration()
                    .set(KafkaOptions.INPUTS, List.of("deepstream", "cloudevents", "queries"));
    private final EventDeserializer deserializer =
            new EventDeserializer(EventExpectation.none(), config);

    private Decoded decode(String topic, String value, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        List<Decoded> out = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>(
                        topic,
                        1,
                        2,
                        MILLIS + 40,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        "a key of its own".getBytes(StandardCharsets.UTF_8),
                        bytes,
                        all,
                        Optional.empty()),
                new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return out.get(0);
    }

    private StreamEvent accepted(String topic, String value, String... headers) {
        Decoded decoded = decode(topic, value, headers);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).event();
    }

    private String refused(String topic, String value, String... headers) {
        Decoded decoded = decode(topic, value, headers);
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded).deadLetter().getError();
    }

    @ParameterizedTest
    @ValueSource(strings = {MINIMAL, FULL})
    void deepStreamsMessagesAreRecordingsOfObjects(String message) {
        Recording recording = (Recording) accepted("oxbow.deepstream", message);
        assertThat(recording.streamId()).isEqualTo("gate");
        assertThat(recording.eventTime()).isEqualTo(MILLIS);
        assertThat(recording.kind()).isEqualTo(Recording.Kind.OBJECTS);
        assertThat(recording.format()).isEqualTo("deepstream/1920x1080");
        assertThat(recording.bytes()).isEqualTo(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theObjectsOfBothSchemasAreRead() throws Exception {
        assertThat(DeepStreamFrame.parse(MINIMAL.getBytes(StandardCharsets.UTF_8)).boxes())
                .containsExactly(
                        new DeepStreamFrame.Box("Person", 17, 192, 108, 384, 540),
                        new DeepStreamFrame.Box("Vehicle", -1, 10.5f, 20.25f, 30, 40));
        assertThat(DeepStreamFrame.parse(FULL.getBytes(StandardCharsets.UTF_8)).boxes())
                .containsExactly(new DeepStreamFrame.Box("vehicle", -1, 1, 2, 300, 400.5f));
    }

    @Test
    void brokenMessagesAreDeadLettersThatSayWhy() {
        String topic = "oxbow.deepstream";
        assertThat(refused(topic, null)).isEqualTo("The record is empty.");
        assertThat(refused(topic, "{")).startsWith("The record is no JSON: ");
        assertThat(refused(topic, "[]")).isEqualTo("The record is JSON, but no object.");
        assertThat(refused(topic, MINIMAL.replace("@timestamp", "time")))
                .isEqualTo("There is no text '@timestamp'.");
        assertThat(refused(topic, MINIMAL.replace(TIME, "yesterday")))
                .startsWith("'yesterday' is no time like");
        assertThat(refused(topic, MINIMAL.replaceFirst("17\\|192[^\"]*", "17|192")))
                .contains("fields, not track|left|top|right|bottom|kind");
        assertThat(refused(topic, MINIMAL.replace("|192|", "|far|")))
                .isEqualTo("'far' is no coordinate.");
        assertThat(refused(topic, MINIMAL.replace("|192|", "|NaN|"))).contains("box is NaN");
        assertThat(refused(topic, MINIMAL.replace("|192|", "|999|")))
                .contains("box is 999.0, 108.0 to 384.0");
        assertThat(refused(topic, FULL.replace("bbox", "box")))
                .isEqualTo("There is no object 'bbox'.");
        assertThat(refused(topic, MINIMAL.replace("\"gate\"", "\"\"")))
                .isEqualTo("The event names no stream.");
    }

    /** Whatever the bytes are, the job goes on. */
    @Test
    void damagedMessagesAreRefusedOrRead() {
        Random random = new Random(7);
        int refused = 0;
        for (int trial = 0; trial < 3_000; trial++) {
            StringBuilder damaged =
                    new StringBuilder(random.nextBoolean() ? MINIMAL.strip() : FULL.strip());
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged.setCharAt(
                        random.nextInt(damaged.length()), (char) (32 + random.nextInt(96)));
            }
            if (decode("oxbow.deepstream", damaged.toString()) instanceof Decoded.Refused) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 2_999);
    }

    @Test
    void cloudEventsInHeadersAndInOnePiece() {
        String[] headers = {
            "ce_specversion", "1.0",
            "ce_source", "/plant/7",
            "ce_subject", "pump-1",
            "ce_time", TIME,
            "ce_type", "org.example.reading"
        };
        for (String data :
                List.of(
                        "[1, 2.5]",
                        "{\"values\": [1, 2.5]}",
                        "{\"b\": 2.5, \"a\": 1, \"u\": \"C\"}")) {
            for (StreamEvent event :
                    List.of(
                            accepted("oxbow.cloudevents", data, headers),
                            accepted(
                                    "oxbow.cloudevents",
                                    "{\"specversion\": \"1.0\", \"source\": \"pump-1\","
                                            + " \"time\": \""
                                            + TIME
                                            + "\", \"data\": "
                                            + data
                                            + "}"))) {
                Observation observation = (Observation) event;
                assertThat(observation.streamId()).isEqualTo("pump-1");
                assertThat(observation.eventTime()).isEqualTo(MILLIS);
                assertThat(observation.values()).containsExactly(1, 2.5f);
            }
        }
        Recording gap = (Recording) accepted("oxbow.cloudevents", "[1, null]", headers);
        assertThat(gap.kind()).isEqualTo(Recording.Kind.READING);
        assertThat(gap.channels()).isEqualTo(2);
    }

    @Test
    void whatIsNoCloudEventOfNumbersIsADeadLetter() {
        String topic = "oxbow.cloudevents";
        assertThat(refused(topic, "{\"data\": [1]}")).contains("no CloudEvent of version 1");
        assertThat(refused(topic, "[1]", "ce_specversion", "0.3")).contains("but of 0.3");
        assertThat(refused(topic, "[1]", "ce_specversion", "1.0"))
                .isEqualTo("The event has neither a subject nor a source.");
        assertThat(refused(topic, "[1]", "ce_specversion", "1.0", "ce_source", "a"))
                .isEqualTo("The event has no time.");
        String[] whole = {"ce_specversion", "1.0", "ce_source", "a", "ce_time", TIME};
        assertThat(refused(topic, "7", whole)).contains("no JSON list or object");
        assertThat(refused(topic, "[]", whole)).contains("no numbers");
        assertThat(refused(topic, "[1e99]", whole)).isEqualTo("Value 0 of the event is 1e99.");
        assertThat(refused(topic, "[\"x\"]", whole)).contains("is no number");
    }

    /** The events that Oxbow writes carry the attributes too, and are read by their bytes. */
    @Test
    void anInputThatWasNotAskedForIsReadAsOxbowsOwn() {
        assertThat(refused("oxbow.features", MINIMAL)).contains("begins with a zero byte");
    }

    @Test
    void aPictureWithoutASizeIsRefusedAtTheStart() {
        config.set(KafkaOptions.DEEPSTREAM_WIDTH, 0);
        assertThatThrownBy(() -> new EventDeserializer(EventExpectation.none(), config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oxbow.kafka.deepstream.width");
    }
}
