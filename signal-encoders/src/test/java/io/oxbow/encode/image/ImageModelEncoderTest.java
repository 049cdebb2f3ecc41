package io.oxbow.encode.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.encode.video.LumaMotionEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageModelEncoderTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final int BATCH = 4;

    /** Gives a picture back as its vector. */
    private record Mirror(ImageShape shape) implements ImageModel {
        @Override
        public int dim() {
            return shape.floats();
        }

        @Override
        public int maxPictures() {
            return BATCH;
        }

        @Override
        public void run(float[] pictures, int count, float[] vectors) {
            System.arraycopy(pictures, 0, vectors, 0, count * shape.floats());
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }

    private static ImageModelSettings settings(boolean appendsMotion, double... levels) {
        List<Double> mean = Arrays.stream(levels).boxed().toList();
        return new ImageModelSettings(mean, List.of(0.5), 0, "", BATCH, 1, appendsMotion);
    }

    private static ImageModelEncoder encoder(ImageShape shape, ImageModelSettings settings) {
        return new ImageModelEncoder(new Mirror(shape), SHA256, settings);
    }

    private static float[] encode(ImageModelEncoder encoder, LumaFrame frame, long time) {
        float[] vector = new float[encoder.dim()];
        encoder.encode(frame, time, vector, 0);
        return vector;
    }

    private static LumaFrame plain(int luma, int blue, int red, boolean fullRange) {
        LumaFrame own = LumaFrame.allocate(7, 5);
        Arrays.fill(own.luma(), (byte) luma);
        Arrays.fill(own.chromaBlue(), (byte) blue);
        Arrays.fill(own.chromaRed(), (byte) red);
        return new LumaFrame(7, 5, own.luma(), 7, own.chromaBlue(), own.chromaRed(), 4, fullRange);
    }

    private static LumaFrame noise(int width, int height, long seed) {
        LumaFrame frame = LumaFrame.allocate(width, height);
        Random random = new Random(seed);
        random.nextBytes(frame.luma());
        random.nextBytes(frame.chromaBlue());
        random.nextBytes(frame.chromaRed());
        return frame;
    }

    /** The primary colours as BT.601 writes them, in full and in studio range. */
    @ParameterizedTest
    @CsvSource({
        "76, 85, 255, true, 1, 0, 0",
        "150, 44, 21, true, 0, 1, 0",
        "29, 255, 107, true, 0, 0, 1",
        "255, 128, 128, true, 1, 1, 1",
        "81, 90, 240, false, 1, 0, 0",
        "145, 54, 34, false, 0, 1, 0",
        "41, 240, 110, false, 0, 0, 1",
        "16, 128, 128, false, 0, 0, 0",
        "235, 128, 128, false, 1, 1, 1"
    })
    void coloursBecomeLevels(
            int luma, int cb, int cr, boolean fullRange, float red, float green, float blue) {
        for (boolean channelsFirst : new boolean[] {true, false}) {
            ImageModelEncoder encoder =
                    encoder(new ImageShape(3, 4, 6, channelsFirst), settings(false, 0, 0.25, 0.5));
            float[] vector = encode(encoder, plain(luma, cb, cr, fullRange), 0);
            float[] expected = {red / 0.5f, (green - 0.25f) / 0.5f, (blue - 0.5f) / 0.5f};
            for (int i = 0; i < vector.length; i++) {
                int channel = channelsFirst ? i / 24 : i % 3;
                assertThat(vector[i]).isCloseTo(expected[channel], within(0.02f));
            }
        }
    }

    /** Against the filter written out, by every sample and weight. */
    @ParameterizedTest
    @CsvSource({"640, 480, 8, 6", "97, 71, 32, 40", "5, 3, 16, 9", "1, 1, 4, 4", "8, 8, 8, 8"})
    void anySizeIsResizedByTheTriangle(int width, int height, int toWidth, int toHeight) {
        LumaFrame frame = noise(width, height, 4);
        ImageModelEncoder encoder =
                encoder(new ImageShape(1, toHeight, toWidth, true), settings(false, 0));
        float[] vector = encode(encoder, frame, 0);
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                double sum = 0;
                double weights = 0;
                for (int v = 0; v < height; v++) {
                    double weightY = triangle(v, y, height, toHeight);
                    for (int u = 0; u < width; u++) {
                        double weight = weightY * triangle(u, x, width, toWidth);
                        sum += weight * (frame.luma()[v * width + u] & 0xff);
                        weights += weight;
                    }
                }
                assertThat((double) vector[y * toWidth + x])
                        .isCloseTo(sum / weights / 255 / 0.5, within(1e-4));
            }
        }
    }

    private static double triangle(int sample, int made, int from, int to) {
        double scale = (double) from / to;
        double distance = sample + 0.5 - (made + 0.5) * scale;
        return Math.max(0, 1 - Math.abs(distance) / Math.max(1, scale));
    }

    @Test
    void motionAndHealthAreThoseOfTheBuiltInEncoder() {
        ImageShape shape = new ImageShape(3, 4, 4, true);
        ImageModelEncoder encoder = encoder(shape, settings(true, 0));
        LumaMotionEncoder alone = new LumaMotionEncoder();
        float[] expected = new float[LumaMotionEncoder.DIM];
        for (int n = 0; n < 60; n++) {
            LumaFrame frame = n < 30 ? noise(64, 48, n) : plain(9, 128, 128, true);
            float[] vector = encode(encoder, frame, 100L * n);
            alone.encode(frame, 100L * n, expected, 0);
            assertThat(vector).hasSize(49);
            assertThat(vector[encoder.activityChannel()])
                    .isEqualTo(expected[alone.activityChannel()]);
            assertThat(encoder.health()).isEqualTo(alone.health());
        }
        assertThat(encoder.channelName(48)).isEqualTo("motion in the picture");
        assertThat(encoder(shape, settings(false, 0)).activityChannel()).isEqualTo(-1);
        assertThat(encoder(shape, settings(false, 0)).dim()).isEqualTo(48);
    }

    @Test
    void aBatchGivesWhatItsPicturesGiveAlone() {
        ImageShape shape = new ImageShape(3, 5, 4, false);
        ImageModelEncoder batched = encoder(shape, settings(true, 0));
        ImageModelEncoder alone = encoder(shape, settings(true, 0));
        float[] vectors = new float[BATCH * batched.dim()];
        for (int n = 0; n < BATCH; n++) {
            batched.take(noise(33, 21, n), 40L * n);
        }
        assertThatThrownBy(() -> batched.take(noise(33, 21, 9), 900))
                .isInstanceOf(IllegalStateException.class);
        assertThat(batched.encodeTaken(vectors, 0)).isEqualTo(BATCH);
        assertThat(batched.encodeTaken(vectors, 0)).isZero();
        for (int n = 0; n < BATCH; n++) {
            float[] expected = encode(alone, noise(33, 21, n), 40L * n);
            int at = n * batched.dim();
            assertThat(Arrays.copyOfRange(vectors, at, at + expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void itGoesOnFromItsState() {
        ImageShape shape = new ImageShape(3, 4, 4, true);
        ImageModelEncoder one = encoder(shape, settings(true, 0));
        for (int n = 0; n < 20; n++) {
            encode(one, noise(64, 48, n % 3), 100L * n);
        }
        float[] state = new float[one.stateFloats()];
        one.save(state, 0);
        ImageModelEncoder other = encoder(shape, settings(true, 0));
        other.restore(state, 0);
        for (int n = 20; n < 40; n++) {
            LumaFrame frame = noise(64, 48, n % 5);
            assertThat(encode(other, frame, 100L * n)).isEqualTo(encode(one, frame, 100L * n));
        }
    }

    @Test
    void allThatDecidesOnTheMeaningIsInTheHash() {
        ImageShape shape = new ImageShape(3, 4, 4, true);
        ImageModelEncoder usual = encoder(shape, settings(true, 0));
        assertThat(encoder(shape, settings(true, 0)).hash()).isEqualTo(usual.hash());
        assertThat(usual.id()).isEqualTo("image-model.v1:0123456789ab");
        assertThat(
                        List.of(
                                encoder(shape, settings(true, 0.1)).hash(),
                                encoder(shape, settings(false, 0)).hash(),
                                encoder(new ImageShape(3, 4, 5, true), settings(true, 0)).hash(),
                                new ImageModelEncoder(
                                                new Mirror(shape),
                                                "f".repeat(64),
                                                settings(true, 0))
                                        .hash()))
                .doesNotContain(usual.hash())
                .doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeIsSaid() {
        ImageShape shape = new ImageShape(3, 4, 4, true);
        assertThatThrownBy(() -> encoder(shape, settings(true, 0, 0)))
                .isInstanceOf(ImageModelException.class)
                .hasMessageContaining("2 means for a model of 3 channels");
        assertThatThrownBy(() -> ImageModels.load(Path.of("a.onnx"), settings(true, 0)))
                .isInstanceOf(ImageModelException.class)
                .hasMessageContaining("a.onnx")
                .hasMessageContaining("OXBOW_ONNX=1");
    }
}
