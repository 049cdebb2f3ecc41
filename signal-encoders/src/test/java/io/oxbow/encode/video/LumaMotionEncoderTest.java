package io.oxbow.encode.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.Encoders;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaMotionEncoderTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    private static float[] encode(LumaMotionEncoder encoder, LumaFrame frame, long timeMillis) {
        float[] features = new float[LumaMotionEncoder.DIM];
        encoder.encode(frame, timeMillis, features, 0);
        return features;
    }

    @Test
    void aFlatFirstFrameIsAllLuma() {
        float[] features = encode(new LumaMotionEncoder(), Pictures.flat(WIDTH, HEIGHT, 51), 0);

        float[] expected = new float[64];
        Arrays.fill(expected, 0, 24, 0.2f);
        expected[48] = 0.2f;
        expected[51] = 1;
        expected[56] = 0.5f;
        expected[57] = 0.5f;
        expected[61] = 1;
        assertThat(features).containsExactly(expected, within(1e-6f));
    }

    @Test
    void aBrightSquareGivesTheHandComputedFeatures() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        encode(encoder, Pictures.flat(WIDTH, HEIGHT, 100), 1000);
        byte[] luma = new byte[WIDTH * HEIGHT];
        Arrays.fill(luma, (byte) 100);
        // 8 x 8 samples are 4 x 4 cells: x 16..19, y 12..15, in tile (row 1, column 1).
        for (int y = 24; y < 32; y++) {
            Arrays.fill(luma, y * WIDTH + 32, y * WIDTH + 40, (byte) 200);
        }

        float[] features = encode(encoder, LumaFrame.gray(WIDTH, HEIGHT, luma), 3000);

        double light = 16 * 100 / 3072.0;
        double motion = 16 * (100 - light - 4);
        // Tile columns begin at cells 0, 11, 22, 32, 43, 54; tile 7 has 11 x 12 cells.
        assertThat((double) features[7]).isCloseTo((100 + 16 * 100 / 132.0) / 255, within(1e-6));
        assertThat((double) features[6]).isCloseTo(100 / 255.0, within(1e-6));
        assertThat((double) features[24 + 7]).isCloseTo(Math.log1p(motion / 132), within(1e-5));
        assertThat(features[24 + 8]).isZero();
        assertThat((double) features[48]).isCloseTo((100 + light) / 255, within(1e-6));
        double deviation = Math.sqrt(16 / 3072.0 * (1 - 16 / 3072.0)) * 100;
        assertThat((double) features[49]).isCloseTo(deviation / 255, within(1e-5));
        // 4 edges of 4 cells each, of 63 x 47 differences.
        double gradient = 16 * 100.0 * 100 / (63 * 47);
        assertThat((double) features[50]).isCloseTo(Math.log1p(gradient), within(1e-5));
        assertThat((double) features[51]).isCloseTo(gradient + 1, within(1e-3));
        assertThat((double) features[54]).isCloseTo(Math.log1p(light), within(1e-5));
        assertThat(features[55]).isEqualTo(16 / 3072f);
        assertThat(features[56]).isEqualTo(18 / 64f, within(1e-6f));
        assertThat(features[57]).isEqualTo(14 / 48f, within(1e-6f));
        assertThat((double) features[58]).isCloseTo(Math.log1p(motion / 3072), within(1e-5));
        assertThat(features[59]).isZero();
        assertThat((double) features[60]).isCloseTo(light / 255, within(1e-6));
        assertThat((double) features[63]).isCloseTo(Math.log1p(2), within(1e-6));
    }

    @Test
    void theBackgroundFollowsWithTheStatedWeight() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        encode(encoder, Pictures.flat(WIDTH, HEIGHT, 100), 0);
        encode(encoder, Pictures.flat(WIDTH, HEIGHT, 150), 100);

        float[] features = encode(encoder, Pictures.flat(WIDTH, HEIGHT, 150), 200);

        assertThat((double) features[60]).isCloseTo((150 - 101) / 255.0, within(1e-6));
        assertThat(features[59]).isEqualTo(1);
        assertThat(features[58]).isZero();
    }

    @Test
    void chromaEnergyIsTheDistanceFromGrey() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        LumaFrame frame = LumaFrame.allocate(WIDTH, HEIGHT);
        Arrays.fill(frame.chromaBlue(), (byte) 138);
        Arrays.fill(frame.chromaRed(), (byte) 123);
        encode(encoder, frame, 0);
        Arrays.fill(frame.chromaRed(), (byte) 128);

        float[] features = encode(encoder, frame, 100);

        assertThat(features[53]).isEqualTo(10 / 255f, within(1e-6f));
        assertThat(features[61]).isEqualTo(11 / 16f, within(1e-6f));
    }

    @Test
    void darkCellsAreCounted() {
        byte[] luma = new byte[WIDTH * HEIGHT];
        Arrays.fill(luma, 0, luma.length / 4, (byte) 31);
        Arrays.fill(luma, luma.length / 4, luma.length, (byte) 32);

        float[] features = encode(new LumaMotionEncoder(), LumaFrame.gray(WIDTH, HEIGHT, luma), 0);

        assertThat(features[52]).isEqualTo(0.25f);
    }

    @Test
    void aShiftedPictureSaysHowFar() {
        byte[] view = Pictures.view(640, 480, 8);
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        encode(encoder, LumaFrame.gray(640, 480, view), 0);

        byte[] moved = Pictures.shifted(640, 480, view, 80, -60);
        float[] features = encode(encoder, LumaFrame.gray(640, 480, moved), 100);

        assertThat(features[62]).isEqualTo(10 / 64f, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 48",
        "640, 480",
        "1, 1",
        "33, 17",
        "50, 40",
        "1920, 1080",
        "5, 400",
        "769, 433"
    })
    void anySizeAndShapeGivesFiniteFeatures(int width, int height) {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        byte[] view = Pictures.view(width, height, 4);
        for (int n = 0; n < 12; n++) {
            float[] features = encode(encoder, Pictures.noisy(width, height, view, n), n * 100L);
            for (float feature : features) {
                assertThat(feature).isFinite();
            }
            assertThat(features[48]).isBetween(0f, 1f);
        }
    }

    @Test
    void theSamePicturesGiveTheSameBits() {
        assertThat(run(new LumaMotionEncoder(), 0, 80))
                .isDeepEqualTo(run(new LumaMotionEncoder(), 0, 80));
    }

    @Test
    void aRestoredEncoderGoesOnBitForBitAtAnyFrame() {
        float[][] undisturbed = run(new LumaMotionEncoder(), 0, 120);
        for (int cut : new int[] {0, 1, 30, 47, 62, 75, 100}) {
            LumaMotionEncoder before = new LumaMotionEncoder();
            run(before, 0, cut);
            float[] state = new float[LumaMotionEncoder.STATE_FLOATS + 2];
            state[0] = 7;
            state[state.length - 1] = 9;
            before.save(state, 1);
            LumaMotionEncoder after = new LumaMotionEncoder();
            after.restore(state, 1);

            assertThat(run(after, cut, 120))
                    .isDeepEqualTo(Arrays.copyOfRange(undisturbed, cut, 120));
            assertThat(state[0]).isEqualTo(7);
            assertThat(state[state.length - 1]).isEqualTo(9);
        }
    }

    @Test
    void savingFillsExactlyTheStatedFloats() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        run(encoder, 0, 20);
        float[] state = new float[LumaMotionEncoder.STATE_FLOATS + 1];
        Arrays.fill(state, Float.NaN);

        encoder.save(state, 0);

        assertThat(Float.isNaN(state[LumaMotionEncoder.STATE_FLOATS])).isTrue();
        for (int i = 0; i < LumaMotionEncoder.STATE_FLOATS; i++) {
            assertThat(state[i]).isFinite();
        }
    }

    @Test
    void foreignStateIsRefusedAndLeavesANewEncoder() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        float[] foreign = new float[LumaMotionEncoder.STATE_FLOATS];
        foreign[4] = 0.5f;

        assertThatThrownBy(() -> encoder.restore(foreign, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an encoder's references");
        assertThat(run(encoder, 0, 5)).isDeepEqualTo(run(new LumaMotionEncoder(), 0, 5));
    }

    @Test
    void theRegistryKnowsItByAHashThatDoesNotChange() {
        LumaMotionEncoder encoder =
                (LumaMotionEncoder) Encoders.create("luma-motion-64.v1", 0).orElseThrow();

        assertThat(encoder.hash()).isEqualTo(HASH_OF_VERSION_1);
        assertThat(encoder.dim()).isEqualTo(64);
        assertThat(encoder.activityChannel()).isEqualTo(58);
        assertThat(Encoders.create("luma-motion-64.v0", 0)).isEmpty();
    }

    /** A view with noise and a walker; covered from frame 40, frozen from 70, moved from 105. */
    private static float[][] run(LumaMotionEncoder encoder, int from, int to) {
        byte[] view = Pictures.view(160, 120, 2);
        float[][] features = new float[to - from][];
        for (int n = from; n < to; n++) {
            byte[] seen = n >= 105 ? Pictures.shifted(160, 120, view, 20, 10) : view.clone();
            for (int y = 60; y < 80; y++) {
                Arrays.fill(seen, y * 160 + n, y * 160 + n + 8, (byte) 20);
            }
            long noise = n >= 70 && n < 105 ? 70 : n;
            LumaFrame frame =
                    n >= 40 && n < 65
                            ? Pictures.flat(160, 120, 25)
                            : Pictures.noisy(160, 120, seen, noise);
            features[n - from] = encode(encoder, frame, 1_700_000_000_000L + n * 100L);
        }
        return features;
    }

    private static final long HASH_OF_VERSION_1 = 4660468705917105520L;
}
