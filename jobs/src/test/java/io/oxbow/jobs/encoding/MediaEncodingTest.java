package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
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
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures and sound, encoded in the job by the built-in encoders. */
class MediaEncodingTest {
    private final EncodingHarness harness =
            EncodingHarness.open(
                    new EncodingSettings(
                            0, 1_000_000, 100, 0, FrameEncoderSettings.of(new Configuration())));

    @AfterEach
    void close() {
        harness.close();
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
                harness.crash();
            }
            Observation seen = (Observation) harness.put(picture(n, bytes)).get(0);
            assertThat(seen.values()).containsExactly(expected);
            assertThat(seen.encoderHash()).isEqualTo(alone.hash());
            assertThat(seen.health()).isEqualTo(Health.OK);
        }
    }

    @Test
    void damagedPicturesGoAsideAndTheCameraGoesOn() throws Exception {
        byte[] good = jpeg(1, 64, 48);
        float[] first = harness.features(picture(1, good));

        assertThat(harness.put(picture(2, new byte[] {1, 2, 3}))).isEmpty();
        assertThat(harness.put(picture(3, Arrays.copyOf(good, 40)))).isEmpty();
        assertThat(harness.put(picture(4, new byte[0]))).isEmpty();

        assertThat(harness.refusals())
                .hasSize(3)
                .allMatch(text -> text.startsWith("the picture is "));
        assertThat(Arrays.copyOf(harness.features(picture(5, good)), 48))
                .containsExactly(Arrays.copyOf(first, 48));
    }

    @Test
    void aClaimCheckIsFollowedAndCompared(@TempDir Path directory) throws Exception {
        byte[] bytes = jpeg(1, 64, 48);
        Path file = Files.write(directory.resolve("1.jpg"), bytes);
        String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

        assertThat(harness.features(claim(1, file.toUri().toString(), sha))).hasSize(64);
        assertThat(harness.put(claim(2, file.toUri().toString(), "00"))).isEmpty();
        assertThat(harness.put(claim(3, directory.resolve("none").toUri().toString(), sha)))
                .isEmpty();
        assertThat(harness.refusals().get(0)).endsWith("is not what was checked in there");
        assertThat(harness.refusals().get(1)).contains("cannot be read");
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
                harness.crash();
            }
            float[] seen =
                    harness.features(
                            EncodingHarness.recording(
                                    "mic", n, Recording.Kind.SOUND, "s16", 8000, 2, pcm.array()));
            assertThat(seen).containsExactly(expected);
            vectors.add(seen);
        }
        assertThat(vectors).doesNotHaveDuplicates();

        assertThat(
                        harness.put(
                                EncodingHarness.recording(
                                        "mic", 20, Recording.Kind.SOUND, "s16", 7, 1, new byte[2])))
                .isEmpty();
        assertThat(harness.refusals())
                .containsExactly("a sample rate lies in 2000..192000 Hz, not 7");
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
        return EncodingHarness.recording("cam", seq, Recording.Kind.PICTURE, "jpeg", 0, 0, bytes);
    }
}
