package io.oxbow.kafka;

import static io.oxbow.kafka.FeatureRecords.ENCODER;
import static io.oxbow.kafka.FeatureRecords.TIMESTAMP;
import static io.oxbow.kafka.FeatureRecords.decode;
import static io.oxbow.kafka.FeatureRecords.decodeOne;
import static io.oxbow.kafka.FeatureRecords.encode;
import static io.oxbow.kafka.FeatureRecords.features;
import static io.oxbow.kafka.FeatureRecords.letter;
import static io.oxbow.kafka.FeatureRecords.observation;
import static io.oxbow.kafka.FeatureRecords.record;
import static io.oxbow.kafka.FeatureRecords.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;
import io.oxbow.kafka.event.Audio;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SampleFormat;
import io.oxbow.kafka.event.SensorReading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EventDeserializerTest {
    private final Configuration config = new Configuration();
    private final EventDeserializer deserializer =
            new EventDeserializer(new EventExpectation(3, false, ENCODER), config);

    @Test
    void featuresBecomeAnObservation() {
        Decoded decoded = decodeOne(deserializer, "cam", encode(features(1, 2, 3)));

        Observation observation = observation(decoded);
        assertThat(observation)
                .usingRecursiveComparison()
                .isEqualTo(
                        new Observation(
                                "cam",
                                1,
                                2,
                                TIMESTAMP,
                                4,
                                ENCODER,
                                new float[] {1, 2, 3},
                                Health.NIGHT,
                                new Origin("oxbow.features", 5, 6)));
    }

    @Test
    void aTimeFarAfterThatOfSendingIsRefused() {
        Features event = features(1, 2, 3);
        event.put("ingestTime", TIMESTAMP - 86_400_000);
        assertThat(decodeOne(deserializer, "cam", encode(event)))
                .isInstanceOf(Decoded.Accepted.class);
        event.put("ingestTime", TIMESTAMP - 86_400_001);
        assertThat(decodeOne(deserializer, "cam", encode(event)))
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused ->
                                assertThat(refused.deadLetter().getError())
                                        .contains("more than 86400000 ms after the ingest time"));
    }

    @Test
    void theKeyMayBeAbsent() {
        assertThat(decodeOne(deserializer, null, encode(features(1, 2, 3))))
                .isInstanceOf(Decoded.Accepted.class);
    }

    @Test
    void halfFloatsAreWidened() {
        Features event = features();
        event.put("dtype", ElementType.F16);
        // 1, -2, the smallest subnormal; little-endian
        event.put("vector", ByteBuffer.wrap(new byte[] {0, 0x3C, 0, (byte) 0xC0, 1, 0}));

        assertThat(observation(decodeOne(deserializer, "cam", encode(event))).values())
                .containsExactly(1f, -2f, 0x1p-24f);
    }

    @Test
    void halfFloatsAreExact() {
        for (int half = 0; half < 0x7C00; half++) {
            double expected =
                    half < 0x400
                            ? half * Math.pow(2, -24)
                            : (1 + (half & 0x3FF) / 1024.0) * Math.pow(2, (half >> 10) - 15);
            assertThat((double) Vectors.fromHalf((short) half)).isEqualTo(expected);
            assertThat((double) Vectors.fromHalf((short) (half | 0x8000))).isEqualTo(-expected);
        }
        assertThat(Vectors.fromHalf((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Vectors.fromHalf((short) 0x7E00)).isNaN();
    }

    @Test
    void samplesBecomeConsecutiveObservations() {
        List<Decoded> decoded =
                decode(
                        deserializer,
                        record("cam", encodedReading(sample(0, -1), sample(50, 0b111))));

        assertThat(decoded).hasSize(2);
        assertThat(observation(decoded.get(0)).seq()).isEqualTo(10);
        assertThat(observation(decoded.get(0)).eventTime()).isEqualTo(TIMESTAMP);
        assertThat(observation(decoded.get(1)).seq()).isEqualTo(11);
        assertThat(observation(decoded.get(1)).eventTime()).isEqualTo(TIMESTAMP + 50);
        assertThat(observation(decoded.get(1)).values()).containsExactly(1f, 2f, 3f);
    }

    @Test
    void aReadingIsRefusedWhole() {
        Sample broken = sample(50, 0b101);
        broken.put("mask", ByteBuffer.wrap(new byte[2]));

        assertRefused(
                "cam",
                encodedReading(sample(0, -1), broken),
                "The mask has 2 bytes for 3 channels.");
    }

    @Test
    void aSampleWithGapsIsARecordingThatSaysWhere() {
        Sample gaps = sample(50, 0b101);
        gaps.put("values", Vectors.bytes(new float[] {1, Float.POSITIVE_INFINITY, 3}));

        List<Decoded> decoded =
                decode(deserializer, record("cam", encodedReading(sample(0, -1), gaps)));

        Recording recording = (Recording) ((Decoded.Accepted) decoded.get(1)).event();
        assertThat(recording.kind()).isEqualTo(Recording.Kind.READING);
        assertThat(recording.channels()).isEqualTo(3);
        assertThat(recording.seq()).isEqualTo(11);
        assertThat(recording.eventTime()).isEqualTo(TIMESTAMP + 50);
        assertThat(
                        ByteBuffer.wrap(recording.bytes())
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .asFloatBuffer())
                .isEqualTo(FloatBuffer.wrap(new float[] {1, Float.NaN, 3}));
    }

    @Test
    void aPresentValueMustBeANumber() {
        Sample broken = sample(50, 0b110);
        broken.put("values", Vectors.bytes(new float[] {1, Float.NaN, 3}));

        assertRefused("cam", encodedReading(broken), "Channel 1 of a sample is NaN.");
    }

    @Test
    void picturesAndSoundsAreRecordings() {
        Frame frame = new RandomEvents(1).next(io.oxbow.kafka.EventTypes.FRAME);
        frame.put("streamId", "cam");
        frame.put("eventTime", TIMESTAMP);
        frame.put("ingestTime", TIMESTAMP);
        frame.put("bytes", ByteBuffer.wrap(new byte[] {1, 2}));
        frame.put("codec", "JPEG");
        Audio audio = new RandomEvents(1).next(io.oxbow.kafka.EventTypes.AUDIO);
        audio.put("streamId", "cam");
        audio.put("eventTime", TIMESTAMP);
        audio.put("ingestTime", TIMESTAMP);
        audio.put("channels", 2);
        audio.put("format", SampleFormat.F32);
        audio.put("pcm", ByteBuffer.wrap(new byte[16]));

        Recording picture = recording(encoded(io.oxbow.kafka.EventTypes.FRAME, frame));
        Recording sound = recording(encoded(io.oxbow.kafka.EventTypes.AUDIO, audio));

        assertThat(picture.kind()).isEqualTo(Recording.Kind.PICTURE);
        assertThat(picture.format()).isEqualTo("jpeg");
        assertThat(picture.bytes()).containsExactly(1, 2);
        assertThat(sound.kind()).isEqualTo(Recording.Kind.SOUND);
        assertThat(sound.format()).isEqualTo("f32");
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(sound.bytes()).hasSize(16);
        audio.put("pcm", ByteBuffer.wrap(new byte[15]));
        assertRefused(
                "cam",
                encoded(io.oxbow.kafka.EventTypes.AUDIO, audio),
                "The sound has 15 bytes, which are no whole samples of 2 channels of F32.");
        frame.put("bytes", null);
        frame.put("claimCheck", null);
        assertRefused(
                "cam",
                encoded(io.oxbow.kafka.EventTypes.FRAME, frame),
                "The frame has neither bytes nor a claim check.");
    }

    private Recording recording(byte[] value) {
        return (Recording) ((Decoded.Accepted) decodeOne(deserializer, "cam", value)).event();
    }

    private static <R extends SpecificRecordBase> byte[] encoded(EventType<R> type, R event) {
        return new EventEncoder<>(type).encode(event);
    }

    @Test
    void questionsPass() {
        Query query = new Query("q", "cam", "", "history", 1, 2, 3, 4, 5, 6, "replies");
        byte[] value =
                new EventEncoder<>(io.oxbow.kafka.EventTypes.QUERY)
                        .encode(EventMappings.QUERY.toRecord(query));

        assertThat(decodeOne(deserializer, "cam", value)).isEqualTo(new Decoded.Accepted(query));
    }

    @Test
    void eachRefusalHasItsSentence() {
        assertRefused("cam", null, "The record is empty.");
        assertRefused("cam", new byte[] {0, 0, 0, 0, 1}, "No schema has the id 1.");
        assertRefused("cam", encode(features(1, 2)), "The vector has 2 values; the model takes 3.");
        assertRefused("cam", encode(features(1, Float.NaN, 3)), "Value 1 of the vector is NaN.");
        assertRefused(
                "cam",
                encode(features(1, 2, Float.NEGATIVE_INFINITY)),
                "Value 2 of the vector is -Infinity.");
        assertRefused(
                "other",
                encode(features(1, 2, 3)),
                "The record's key is not the event's stream 'cam'.");
        assertRefused("cam", encode(with("streamId", "")), "The event names no stream.");
        assertRefused(
                "cam",
                encode(with("streamId", "x".repeat(513))),
                "The stream's name has 513 bytes; 512 are allowed.");
        assertRefused(
                "cam",
                encode(with("eventTime", -1L)),
                "The event time -1 lies outside the years 1970 to 9999.");
        assertRefused(
                "cam",
                encode(with("eventTime", Long.MAX_VALUE)),
                "The event time 9223372036854775807 lies outside the years 1970 to 9999.");
        assertRefused(
                "cam",
                encode(with("encoderHash", 1L)),
                "The vector was made by encoder 0000000000000001; the model was made for"
                        + " 0000000000005eed.");
        assertRefused(
                "cam",
                encode(with("dim", 4)),
                "The vector has 12 bytes, which is not 4 numbers of F32.");
        assertRefused(
                "cam",
                encode(with("dim", -3)),
                "The vector has 12 bytes, which is not -3 numbers of F32.");
        assertRefused("cam", encodedReading(), "The reading has no samples.");
        assertRefused(
                "cam",
                new EventEncoder<>(io.oxbow.kafka.EventTypes.SUMMARY)
                        .encode(new RandomEvents(1).next(io.oxbow.kafka.EventTypes.SUMMARY)),
                "Summary events are not read by this job.");
    }

    @Test
    void anUnstatedEncoderPasses() {
        assertThat(decodeOne(deserializer, "cam", encode(with("encoderHash", 0L))))
                .isInstanceOf(Decoded.Accepted.class);
    }

    @Test
    void noRecordFailsTheJob() {
        Random random = new Random(3);
        byte[] whole = encode(features(1, 2, 3));
        for (int i = 0; i < 10_000; i++) {
            byte[] value = Arrays.copyOf(whole, random.nextInt(whole.length + 10));
            for (int flips = random.nextInt(4); flips > 0 && value.length > 0; flips--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            assertThat(decode(deserializer, record("cam", value))).hasSize(1);
        }
    }

    @Test
    void bothKindsTravelBetweenTasks() throws Exception {
        for (Decoded decoded :
                List.of(
                        decodeOne(deserializer, "cam", encode(features(1, 2, 3))),
                        decodeOne(deserializer, "cam", encode(features(1, 2))))) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            DecodedSerializer.INSTANCE.serialize(decoded, out);

            Decoded read =
                    DecodedSerializer.INSTANCE.deserialize(
                            new DataInputDeserializer(out.getCopyOfBuffer()));

            assertThat(read).usingRecursiveComparison().isEqualTo(decoded);
        }
        assertThat(deserializer.getProducedType()).isEqualTo(KafkaTypeInfo.DECODED);
        assertThat(KafkaTypeInfo.DECODED).isNotEqualTo(EventTypes.STREAM_EVENT);
    }

    private void assertRefused(String key, byte[] value, String sentence) {
        assertThat(letter(decodeOne(deserializer, key, value)).getError()).isEqualTo(sentence);
    }

    private static SensorReading reading(Sample... samples) {
        return new SensorReading(
                "cam",
                0L,
                10L,
                TIMESTAMP,
                ClockSource.DEVICE,
                0L,
                3,
                List.of(samples),
                io.oxbow.kafka.event.Health.OK);
    }

    /**
     * @param mask negative for none
     */
    private static Sample sample(long dt, int mask) {
        return new Sample(
                dt,
                ByteBuffer.wrap(mask < 0 ? new byte[0] : new byte[] {(byte) mask}),
                Vectors.bytes(new float[] {1, 2, 3}));
    }

    private static byte[] encodedReading(Sample... samples) {
        return new EventEncoder<>(io.oxbow.kafka.EventTypes.SENSOR_READING)
                .encode(reading(samples));
    }
}
