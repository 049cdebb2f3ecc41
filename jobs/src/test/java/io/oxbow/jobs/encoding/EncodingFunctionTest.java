package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncodingFunctionTest {
    private static final float GAP = Float.NaN;

    private EncodingHarness harness = EncodingHarness.open(settings(0, 0));

    @AfterEach
    void close() {
        harness.close();
    }

    private static EncodingSettings settings(long ttlMillis, int width) {
        return new EncodingSettings(
                ttlMillis, 1_000_000, 100, width, FrameEncoderSettings.of(new Configuration()));
    }

    private static Recording reading(String stream, long seq, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return EncodingHarness.recording(
                stream, seq, Recording.Kind.READING, "f32", 0, values.length, bytes.array());
    }

    private static Recording at(String stream, long seq, long time, float... values) {
        Recording usual = reading(stream, seq, values);
        return new Recording(
                stream,
                0,
                seq,
                time,
                7,
                usual.kind(),
                usual.format(),
                0,
                usual.channels(),
                usual.bytes(),
                "",
                "",
                Health.OK,
                Origin.NONE);
    }

    private static Observation whole(String stream, long seq, float... values) {
        return new Observation(stream, 0, seq, 1000 * seq, 7, 0, values, Health.OK, Origin.NONE);
    }

    @Test
    void questionsAndEncodedVectorsPassAsTheyAre() throws Exception {
        Query query = new Query("q", "cam", "", "status", 1, 2, 0, 0, 5, 6, "");
        Observation vector =
                new Observation("cam", 0, 1, 10, 7, 99, new float[] {1}, Health.NIGHT, Origin.NONE);

        assertThat(harness.put(query)).containsExactly(query);
        assertThat(harness.put(vector)).containsExactly(vector);
        assertThat(harness.operator().numKeyedStateEntries()).isZero();
    }

    @Test
    void gapsAreFilledFromTheStreamsOwnPastAlsoAfterACrash() throws Exception {
        assertThat(harness.features(reading("a", 1, GAP, 2, GAP))).containsExactly(0, 2, 0);
        assertThat(harness.features(whole("a", 2, 10, 20, 30))).containsExactly(10, 20, 30);
        assertThat(harness.features(reading("b", 2, GAP, 5, 6))).containsExactly(0, 5, 6);
        assertThat(harness.features(reading("a", 3, GAP, 21, GAP))).containsExactly(10, 21, 30);

        harness.crash();

        assertThat(harness.features(reading("a", 4, 11, GAP, GAP))).containsExactly(11, 21, 30);
        assertThat(harness.features(reading("b", 3, 1, GAP, GAP))).containsExactly(1, 5, 6);
    }

    @Test
    void objectsAreCountedAndFollowedAlsoOverACrash() throws Exception {
        float[] first = harness.features(objects(1, "7|480|480|576|600|Person"));
        assertThat(first[0]).isEqualTo(1);
        assertThat(first[33]).as("of unknown speed").isEqualTo(1);

        harness.crash();

        float[] second = harness.features(objects(2, "7|960|480|1056|600|Person"));
        assertThat(second).hasSize(ObjectEncoder.DIM);
        assertThat(second[36]).as("a quarter of the picture in a second").isZero();
        assertThat(second[37]).isEqualTo(1);
        assertThat(harness.put(objects(1, "7|960|480|1056|600|Person"))).isEmpty();
        assertThat(harness.refusals()).hasSize(1);
    }

    private static Recording objects(int second, String object) {
        String message =
                "{\"sensorId\": \"gate\", \"@timestamp\": \"1970-01-01T00:00:0"
                        + second
                        + "Z\", \"objects\": [\""
                        + object
                        + "\"]}";
        return new Recording(
                "gate",
                0,
                Observation.UNNUMBERED,
                1000 * second,
                7,
                Recording.Kind.OBJECTS,
                "deepstream/1920x1080",
                0,
                0,
                message.getBytes(StandardCharsets.UTF_8),
                "",
                "",
                Health.OK,
                Origin.NONE);
    }

    @Test
    void aReadingOfGapsAloneSaysNothing() throws Exception {
        harness.features(whole("a", 1, 10, 20));

        assertThat(harness.put(reading("a", 2, GAP, GAP))).isEmpty();
        assertThat(harness.features(reading("a", 3, GAP, 22))).containsExactly(10, 22);
    }

    @Test
    void repeatedAndLateRecordingsDoNotTouchTheReferences() throws Exception {
        harness.features(reading("a", 5, 1, 2));

        assertThat(harness.put(reading("a", 5, 7, 7))).isEmpty();
        assertThat(harness.put(reading("a", 4, 7, 7))).isEmpty();
        Recording late =
                new Recording(
                        "a",
                        1,
                        0,
                        100,
                        7,
                        Recording.Kind.READING,
                        "f32",
                        0,
                        2,
                        new byte[8],
                        "",
                        "",
                        Health.OK,
                        Origin.NONE);
        assertThat(harness.put(late)).isEmpty();
        assertThat(harness.refusals())
                .containsExactly("the recording is older than the newest of its stream");
        assertThat(harness.features(reading("a", 6, GAP, 3))).containsExactly(1, 3);
    }

    @Test
    void aLeapOfTheClockOrTheNumbersLeavesNoTrace() throws Exception {
        harness.features(reading("a", 1, 10, 20));

        // They pass, for the operator behind to refuse, but nothing is remembered of them.
        assertThat(harness.features(whole("a", 500, 70, 70))).containsExactly(70, 70);
        assertThat(harness.features(reading("a", Long.MAX_VALUE / 2000, 71, 71)))
                .containsExactly(71, 71);
        assertThat(harness.features(at("a", 2, 4_000_000, 72, 72))).containsExactly(72, 72);
        assertThat(harness.features(reading("a", 3, GAP, 21))).containsExactly(10, 21);

        // The second from there says that the silence was true.
        assertThat(harness.features(at("a", 4, 5_000_000, 73, GAP))).containsExactly(73, 21);
        assertThat(harness.features(at("a", 5, 5_000_001, 74, GAP))).containsExactly(74, 21);
        assertThat(harness.put(reading("a", 6, 1, 1))).isEmpty();
        assertThat(harness.refusals())
                .containsExactly("the recording is older than the newest of its stream");
    }

    @Test
    void shorterVectorsAreFilledUpWhereAskedFor() throws Exception {
        harness.close();
        harness = EncodingHarness.open(settings(0, 4));

        assertThat(harness.features(whole("a", 1, 10, 20))).containsExactly(10, 20, 0, 0);
        assertThat(harness.features(reading("a", 2, GAP, 21))).containsExactly(10, 21, 0, 0);
        assertThat(harness.features(whole("b", 2, 1, 2, 3, 4))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aSilentStreamsReferencesAreForgotten() throws Exception {
        harness.close();
        harness = EncodingHarness.open(settings(10_000, 0));
        harness.features(reading("a", 1, 1, 2));
        harness.features(reading("b", 15, 1, 2));

        harness.operator().processWatermark(20_000);

        assertThat(harness.operator().numKeyedStateEntries()).isEqualTo(1);
        assertThat(harness.features(reading("a", 30, GAP, 3))).containsExactly(0, 3);
    }
}
