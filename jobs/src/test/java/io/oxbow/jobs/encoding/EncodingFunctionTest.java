package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingFunctionTest {
    private static final float GAP = Float.NaN;
    private static final long MAX_LEAP_MILLIS = 1_000_000;
    private static final long MAX_MISSING = 100;
    private static final FrameEncoderSettings BUILT_IN =
            FrameEncoderSettings.of(new Configuration());

    private KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness(0);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> harness(
            long ttlMillis) throws Exception {
        return harness(new EncodingSettings(ttlMillis, MAX_LEAP_MILLIS, MAX_MISSING, 0, BUILT_IN));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> harness(
            EncodingSettings settings) throws Exception {
        var made =
                new KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent>(
                        new KeyedProcessOperator<>(new EncodingFunction(settings)),
                        StreamEvent::streamId,
                        Types.STRING);
        made.setup(EventTypes.STREAM_EVENT.createSerializer(new SerializerConfigImpl()));
        return made;
    }

    /** Goes on in a new operator from a snapshot of this one. */
    private void crash() throws Exception {
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness(0);
        harness.initializeState(snapshot);
        harness.open();
    }

    private List<StreamEvent> put(StreamEvent event) throws Exception {
        harness.getOutput().clear();
        harness.processElement(new StreamRecord<>(event, event.eventTime()));
        return harness.extractOutputValues();
    }

    private float[] features(StreamEvent event) throws Exception {
        List<StreamEvent> out = put(event);
        assertThat(out).hasSize(1);
        return ((Observation) out.get(0)).values();
    }

    private List<String> refusals() {
        var refused = harness.getSideOutput(EncodingFunction.REJECTED);
        return refused == null
                ? List.of()
                : refused.stream().map(record -> record.getValue().error()).toList();
    }

    private static Recording recording(
            String stream,
            long seq,
            Recording.Kind kind,
            String format,
            int rate,
            int channels,
            byte[] bytes) {
        return new Recording(
                stream,
                0,
                seq,
                1000 * seq,
                7,
                kind,
                format,
                rate,
                channels,
                bytes,
                "",
                "",
                Health.OK,
                Origin.NONE);
    }

    private static Recording reading(String stream, long seq, float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return recording(
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

    private static byte[] jpeg(int seed, int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(5);
        for (int box = 0; box < 40; box++) {
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int color = random.nextInt(1 << 24);
            for (int y = top; y < Math.min(height, top + height / 4); y++) {
                for (int x = left; x < Math.min(width, left + width / 4); x++) {
                    image.setRGB(x, y, color);
                }
            }
        }
        for (int y = 20; y < 40; y++) {
            for (int x = seed % 40; x < seed % 40 + 15; x++) {
                image.setRGB(x, y, 0xf0f0f0);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    private static Recording picture(long seq, byte[] bytes) {
        return recording("cam", seq, Recording.Kind.PICTURE, "jpeg", 0, 0, bytes);
    }

    @Test
    void questionsAndEncodedVectorsPassAsTheyAre() throws Exception {
        Query query = new Query("q", "cam", "", "status", 1, 2, 0, 0, 5, 6, "");
        Observation vector =
                new Observation("cam", 0, 1, 10, 7, 99, new float[] {1}, Health.NIGHT, Origin.NONE);

        assertThat(put(query)).containsExactly(query);
        assertThat(put(vector)).containsExactly(vector);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void gapsAreFilledFromTheStreamsOwnPastAlsoAfterACrash() throws Exception {
        assertThat(features(reading("a", 1, GAP, 2, GAP))).containsExactly(0, 2, 0);
        assertThat(features(whole("a", 2, 10, 20, 30))).containsExactly(10, 20, 30);
        assertThat(features(reading("b", 2, GAP, 5, 6))).containsExactly(0, 5, 6);
        assertThat(features(reading("a", 3, GAP, 21, GAP))).containsExactly(10, 21, 30);

        crash();

        assertThat(features(reading("a", 4, 11, GAP, GAP))).containsExactly(11, 21, 30);
        assertThat(features(reading("b", 3, 1, GAP, GAP))).containsExactly(1, 5, 6);
    }

    @Test
    void objectsAreCountedAndFollowedAlsoOverACrash() throws Exception {
        float[] first = features(objects(1, "7|480|480|576|600|Person"));
        assertThat(first[0]).isEqualTo(1);
        assertThat(first[33]).as("of unknown speed").isEqualTo(1);

        crash();

        float[] second = features(objects(2, "7|960|480|1056|600|Person"));
        assertThat(second).hasSize(ObjectEncoder.DIM);
        assertThat(second[36]).as("a quarter of the picture in a second").isZero();
        assertThat(second[37]).isEqualTo(1);
        assertThat(put(objects(1, "7|960|480|1056|600|Person"))).isEmpty();
        assertThat(refusals()).hasSize(1);
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
                message.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "",
                "",
                Health.OK,
                Origin.NONE);
    }

    @Test
    void aReadingOfGapsAloneSaysNothing() throws Exception {
        features(whole("a", 1, 10, 20));

        assertThat(put(reading("a", 2, GAP, GAP))).isEmpty();
        assertThat(features(reading("a", 3, GAP, 22))).containsExactly(10, 22);
    }

    @Test
    void repeatedAndLateRecordingsDoNotTouchTheReferences() throws Exception {
        features(reading("a", 5, 1, 2));

        assertThat(put(reading("a", 5, 7, 7))).isEmpty();
        assertThat(put(reading("a", 4, 7, 7))).isEmpty();
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
        assertThat(put(late)).isEmpty();
        assertThat(refusals())
                .containsExactly("the recording is older than the newest of its stream");
        assertThat(features(reading("a", 6, GAP, 3))).containsExactly(1, 3);
    }

    @Test
    void aLeapOfTheClockOrTheNumbersLeavesNoTrace() throws Exception {
        features(reading("a", 1, 10, 20));

        // They pass, for the operator behind to refuse, but nothing is remembered of them.
        assertThat(features(whole("a", 500, 70, 70))).containsExactly(70, 70);
        assertThat(features(reading("a", Long.MAX_VALUE / 2000, 71, 71))).containsExactly(71, 71);
        assertThat(features(at("a", 2, 4_000_000, 72, 72))).containsExactly(72, 72);
        assertThat(features(reading("a", 3, GAP, 21))).containsExactly(10, 21);

        // The second from there says that the silence was true.
        assertThat(features(at("a", 4, 5_000_000, 73, GAP))).containsExactly(73, 21);
        assertThat(features(at("a", 5, 5_000_001, 74, GAP))).containsExactly(74, 21);
        assertThat(put(reading("a", 6, 1, 1))).isEmpty();
        assertThat(refusals())
                .containsExactly("the recording is older than the newest of its stream");
    }

    @Test
    void shorterVectorsAreFilledUpWhereAskedFor() throws Exception {
        harness.close();
        harness = harness(new EncodingSettings(0, MAX_LEAP_MILLIS, MAX_MISSING, 4, BUILT_IN));
        harness.open();

        assertThat(features(whole("a", 1, 10, 20))).containsExactly(10, 20, 0, 0);
        assertThat(features(reading("a", 2, GAP, 21))).containsExactly(10, 21, 0, 0);
        assertThat(features(whole("b", 2, 1, 2, 3, 4))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void picturesAreEncodedAsByTheEncoderAloneThroughACrash() throws Exception {
        LumaMotionEncoder alone = new LumaMotionEncoder();
        PictureDecoder decoder = new PictureDecoder();
        for (int n = 0; n < 40; n++) {
            byte[] bytes = jpeg(n, 97, 71);
            float[] expected = new float[LumaMotionEncoder.DIM];
            alone.encode(decoder.decode(bytes), 1000L * n, expected, 0);
            if (n == 25) {
                crash();
            }
            Observation seen = (Observation) put(picture(n, bytes)).get(0);
            assertThat(seen.values()).containsExactly(expected);
            assertThat(seen.encoderHash()).isEqualTo(alone.hash());
            assertThat(seen.health()).isEqualTo(Health.OK);
        }
    }

    @Test
    void damagedPicturesGoAsideAndTheCameraGoesOn() throws Exception {
        byte[] good = jpeg(1, 64, 48);
        float[] first = features(picture(1, good));

        assertThat(put(picture(2, new byte[] {1, 2, 3}))).isEmpty();
        assertThat(put(picture(3, Arrays.copyOf(good, 40)))).isEmpty();
        assertThat(put(picture(4, new byte[0]))).isEmpty();

        assertThat(refusals()).hasSize(3).allMatch(text -> text.startsWith("the picture is "));
        assertThat(Arrays.copyOf(features(picture(5, good)), 48))
                .containsExactly(Arrays.copyOf(first, 48));
    }

    @Test
    void aClaimCheckIsFollowedAndCompared(@TempDir Path directory) throws Exception {
        byte[] bytes = jpeg(1, 64, 48);
        Path file = Files.write(directory.resolve("1.jpg"), bytes);
        String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

        assertThat(features(claim(1, file.toUri().toString(), sha))).hasSize(64);
        assertThat(put(claim(2, file.toUri().toString(), "00"))).isEmpty();
        assertThat(put(claim(3, directory.resolve("none").toUri().toString(), sha))).isEmpty();
        assertThat(refusals().get(0)).endsWith("is not what was checked in there");
        assertThat(refusals().get(1)).contains("cannot be read");
    }

    private static Recording claim(long seq, String uri, String sha) {
        return new Recording(
                "cam",
                0,
                seq,
                1000 * seq,
                7,
                Recording.Kind.PICTURE,
                "jpeg",
                0,
                0,
                new byte[0],
                uri,
                sha,
                Health.OK,
                Origin.NONE);
    }

    @Test
    void soundIsEncodedAsByTheEncoderAloneThroughACrash() throws Exception {
        LogMelEncoder alone = new LogMelEncoder(8000);
        Random random = new Random(3);
        List<float[]> vectors = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            ByteBuffer pcm = ByteBuffer.allocate(2 * 2 * 333).order(ByteOrder.LITTLE_ENDIAN);
            float[] mono = new float[333];
            for (int i = 0; i < mono.length; i++) {
                short left = (short) random.nextInt(1 << 16);
                short right = (short) random.nextInt(1 << 16);
                pcm.putShort(left).putShort(right);
                mono[i] = (left / 32_768f + right / 32_768f) / 2;
            }
            float[] expected = new float[LogMelEncoder.DIM];
            alone.encode(mono, 0, mono.length, expected, 0);
            if (n == 7) {
                crash();
            }
            float[] seen =
                    features(
                            recording("mic", n, Recording.Kind.SOUND, "s16", 8000, 2, pcm.array()));
            assertThat(seen).containsExactly(expected);
            vectors.add(seen);
        }
        assertThat(vectors).doesNotHaveDuplicates();

        assertThat(put(recording("mic", 20, Recording.Kind.SOUND, "s16", 7, 1, new byte[2])))
                .isEmpty();
        assertThat(refusals()).containsExactly("a sample rate lies in 2000..192000 Hz, not 7");
    }

    @Test
    void aSilentStreamsReferencesAreForgotten() throws Exception {
        harness.close();
        harness = harness(10_000);
        harness.open();
        features(reading("a", 1, 1, 2));
        features(reading("b", 15, 1, 2));

        harness.processWatermark(20_000);

        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        assertThat(features(reading("a", 30, GAP, 3))).containsExactly(0, 3);
    }
}
