package io.oxbow.encode.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TamperDetectorTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final byte[] VIEW = Pictures.view(WIDTH, HEIGHT, 11);

    private static List<TamperInterval> watch(int frames, IntFunction<LumaFrame> camera) {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        TamperIntervals intervals = new TamperIntervals();
        float[] features = new float[LumaMotionEncoder.DIM];
        for (int n = 0; n < frames; n++) {
            encoder.encode(camera.apply(n), 100L * n, features, 0);
            intervals.add(n, 100L * n, encoder.health(), encoder.healthSinceMillis());
        }
        return intervals.intervals();
    }

    private static LumaFrame noisy(byte[] view, int n) {
        return Pictures.noisy(WIDTH, HEIGHT, view, n);
    }

    /** The view for 15 s, something else for 6 s, the view again. */
    private static List<TamperInterval> disturb(IntFunction<LumaFrame> disturbance) {
        return watch(300, n -> n >= 150 && n < 210 ? disturbance.apply(n) : noisy(VIEW, n));
    }

    private static TamperInterval from150To210(PictureHealth kind) {
        return new TamperInterval(kind, 15_000, 21_000, 150, 210);
    }

    @Test
    void anUntouchedViewIsBelieved() {
        assertThat(disturb(n -> noisy(VIEW, n))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"16", "60", "126", "230"})
    void aFlatPictureIsCovered(int level) {
        byte[] flat = Pictures.flat(WIDTH, HEIGHT, level).luma();

        assertThat(disturb(n -> noisy(flat, n)))
                .containsExactly(from150To210(PictureHealth.COVERED));
        assertThat(disturb(n -> Pictures.flat(WIDTH, HEIGHT, level)))
                .containsExactly(from150To210(PictureHealth.COVERED));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void aBlurredViewIsDefocused(int radius) {
        byte[] blurred = Pictures.blurred(WIDTH, HEIGHT, VIEW, radius);

        assertThat(disturb(n -> noisy(blurred, n)))
                .containsExactly(from150To210(PictureHealth.DEFOCUSED));
    }

    @ParameterizedTest
    @CsvSource({"30, 10", "-12, 0", "0, 20", "8, -5"})
    void aShiftedViewIsMoved(int right, int down) {
        byte[] moved = Pictures.shifted(WIDTH, HEIGHT, VIEW, right, down);

        assertThat(disturb(n -> noisy(moved, n)))
                .containsExactly(from150To210(PictureHealth.MOVED));
    }

    @Test
    void anotherViewIsMoved() {
        byte[] other = Pictures.view(WIDTH, HEIGHT, 99);

        assertThat(disturb(n -> noisy(other, n)))
                .containsExactly(from150To210(PictureHealth.MOVED));
    }

    @ParameterizedTest
    @CsvSource({"1, -50", "0.5, -60", "0.3, -80"})
    void aSuddenlyDarkerViewIsNight(double contrast, double lift) {
        byte[] dark = Pictures.lit(VIEW, contrast, lift);

        assertThat(disturb(n -> noisy(dark, n))).containsExactly(from150To210(PictureHealth.NIGHT));
    }

    @Test
    void aRepeatedPictureIsFrozen() {
        assertThat(disturb(n -> noisy(VIEW, 150)))
                .containsExactly(
                        new TamperInterval(PictureHealth.FROZEN, 15_000, 21_000, 150, 210));
    }

    @Test
    void aQuietDayAfterANoisyNightIsNotFrozen() {
        byte[] dark = Pictures.lit(VIEW, 0.4, -70);

        List<TamperInterval> found =
                watch(1300, n -> n >= 400 && n < 1000 ? noisy(dark, n) : nearlyStill(n));

        assertThat(found)
                .containsExactly(
                        new TamperInterval(PictureHealth.NIGHT, 40_000, 100_000, 400, 1000));
    }

    /** Noise in one row of eighteen: a codec that leaves nearly everything as it was. */
    private static LumaFrame nearlyStill(int n) {
        byte[] luma = VIEW.clone();
        System.arraycopy(noisy(VIEW, n).luma(), 0, luma, 0, luma.length / 18);
        return LumaFrame.gray(WIDTH, HEIGHT, luma);
    }

    @Test
    void slowDuskIsNoSwitch() {
        assertThat(watch(1200, n -> noisy(Pictures.lit(VIEW, 1, -0.06 * n), n))).isEmpty();
    }

    @Test
    void aWalkerAndALampAreNoTamper() {
        List<TamperInterval> intervals =
                watch(
                        400,
                        n -> {
                            byte[] seen = n % 100 < 50 ? VIEW.clone() : Pictures.lit(VIEW, 1, 12);
                            int left = n % (WIDTH - 30);
                            for (int y = 30; y < 110; y++) {
                                java.util.Arrays.fill(
                                        seen, y * WIDTH + left, y * WIDTH + left + 30, (byte) 30);
                            }
                            return noisy(seen, n);
                        });

        assertThat(intervals).isEmpty();
    }

    @Test
    void aMomentaryDisturbanceDoesNotCount() {
        assertThat(
                        watch(
                                200,
                                n ->
                                        n >= 100 && n < 106
                                                ? Pictures.flat(WIDTH, HEIGHT, 20)
                                                : noisy(VIEW, n)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6"})
    void aViewOfFewThingsIsEnough(long seed) {
        byte[] view = Pictures.bareView(WIDTH, HEIGHT, seed);
        byte[] blurred = Pictures.blurred(WIDTH, HEIGHT, view, 2);
        byte[] moved = Pictures.shifted(WIDTH, HEIGHT, view, 26, 8);
        byte[] dark = Pictures.lit(view, 0.7, -60);

        List<TamperInterval> intervals =
                watch(
                        800,
                        n -> {
                            byte[] seen = view;
                            if (n >= 150 && n < 210) {
                                seen = blurred;
                            } else if (n >= 300 && n < 360) {
                                seen = moved;
                            } else if (n >= 450 && n < 510) {
                                seen = dark;
                            } else if (n >= 600 && n < 660) {
                                return noisy(view, 600);
                            }
                            return noisy(seen, n);
                        });

        assertThat(intervals)
                .extracting(
                        TamperInterval::kind, TamperInterval::fromFrame, TamperInterval::toFrame)
                .containsExactly(
                        tuple(PictureHealth.DEFOCUSED, 150L, 210L),
                        tuple(PictureHealth.MOVED, 300L, 360L),
                        tuple(PictureHealth.NIGHT, 450L, 510L),
                        tuple(PictureHealth.FROZEN, 600L, 660L));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6"})
    void whoeverStandsBeforeABareViewIsNoTamper(long seed) {
        byte[] view = Pictures.bareView(WIDTH, HEIGHT, seed);

        List<TamperInterval> intervals =
                watch(
                        600,
                        n -> {
                            int left = 3 * (n % 150) - 120;
                            return noisy(
                                    Pictures.withFigure(WIDTH, HEIGHT, view, left, WIDTH / 2), n);
                        });

        assertThat(intervals).isEmpty();
    }

    @Test
    void aBarePictureIsUnknownUntilThereIsAView() {
        byte[] bare = Pictures.flat(WIDTH, HEIGHT, 90).luma();

        List<TamperInterval> intervals = watch(200, n -> noisy(n < 100 ? bare : VIEW, n));

        assertThat(intervals).hasSize(1);
        assertThat(intervals.get(0).kind()).isEqualTo(PictureHealth.UNKNOWN);
        assertThat(intervals.get(0).toFrame()).isEqualTo(100);
    }

    @Test
    void anotherViewIsTheViewAfterTenMinutes() {
        byte[] other = Pictures.view(WIDTH, HEIGHT, 99);
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        float[] features = new float[LumaMotionEncoder.DIM];
        for (int n = 0; n < 800; n++) {
            encoder.encode(noisy(n < 50 ? VIEW : other, n), 1000L * n, features, 0);
            if (n == 600) {
                assertThat(encoder.health()).isEqualTo(PictureHealth.MOVED);
            }
        }
        assertThat(encoder.health()).isEqualTo(PictureHealth.OK);
        assertThat(features[58]).isLessThan(0.5f);
    }

    @Test
    void theReferencesStandStillWhileCovered() {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        float[] features = new float[LumaMotionEncoder.DIM];
        for (int n = 0; n < 1200; n++) {
            encoder.encode(
                    n < 100 ? noisy(VIEW, n) : Pictures.flat(WIDTH, HEIGHT, 20),
                    100L * n,
                    features,
                    0);
        }
        assertThat(encoder.health()).isEqualTo(PictureHealth.COVERED);

        encoder.encode(noisy(VIEW, 1200), 120_000, features, 0);

        assertThat(features[58]).isLessThan(0.1f);
        assertThat(Math.abs(features[60])).isLessThan(0.002f);
    }

    @Test
    void aStretchWithoutFramesIsOffline() {
        TamperIntervals intervals = new TamperIntervals();
        for (int n = 0; n < 100; n++) {
            long time = 100L * n + (n < 40 ? 0 : 20_000) + (n < 70 ? 0 : 900);
            intervals.add(n, time, PictureHealth.OK, 0);
        }

        assertThat(intervals.intervals())
                .containsExactly(new TamperInterval(PictureHealth.OFFLINE, 3900, 24_000, 40, 40));
    }

    @Test
    void anIntervalThatLastsEndsWithTheLatestFrame() {
        assertThat(watch(200, n -> n < 150 ? noisy(VIEW, n) : Pictures.flat(WIDTH, HEIGHT, 20)))
                .containsExactly(
                        new TamperInterval(PictureHealth.COVERED, 15_000, 19_900, 150, 200));
    }
}
