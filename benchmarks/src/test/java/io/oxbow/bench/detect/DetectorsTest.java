package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.bench.detect.Detector.Purpose;
import io.oxbow.compute.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is compared: each sees a row once, after scoring those before it. */
class DetectorsTest {
    private static final int ROWS = 700;
    private static final int JUMP = 600;

    static Stream<Detector> detectors() {
        Deadline far = new Deadline(60);
        return Stream.of(
                new StreamScores(new ScalarBackend()),
                new ForestDetector(ForestSettings.DEFAULTS, 1, far),
                new ForestDetector(ForestSettings.SHINGLED, 1, far));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void aJumpScoresHighestAndNoEarlierRowKnowsOfIt(Detector detector) {
        LabelledSeries calm = series(Float.NaN);
        LabelledSeries jumping = series(60);
        for (Purpose purpose : Purpose.values()) {
            double[] without = detector.scores(calm, purpose);
            double[] with = detector.scores(jumping, purpose);

            assertThat(Arrays.copyOf(with, JUMP)).isEqualTo(Arrays.copyOf(without, JUMP));
            double before = Arrays.stream(with, 300, JUMP).max().orElseThrow();
            double after = Arrays.stream(with, JUMP, JUMP + 20).max().orElseThrow();
            // A grade is 1 at most, and a forest gives it to rows of noise, too.
            if (purpose == Purpose.RANKING || before < 1) {
                assertThat(after).isGreaterThan(before);
            }
            assertThat(after).isPositive();
        }
        assertThat(detector.bytes(series(60))).isBetween(4_000L, 1_000_000L);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void aRowWithAMissingValueTakesTheScoreBeforeIt(Detector detector) {
        LabelledSeries series = series(60);
        series.values()[JUMP + 1][1] = Float.NaN;
        double[] scores = detector.scores(series, Purpose.ALERTS);

        assertThat(scores[JUMP + 1]).isEqualTo(scores[JUMP]);
        assertThat(Arrays.stream(scores).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void aPeakIsToldOnceUntilAHigherOneComesOrItIsForgotten() {
        double[] scores = new double[400];
        Arrays.fill(scores, 1);
        scores[100] = 3;
        scores[101] = 2;
        scores[110] = 4;
        scores[300] = 2;
        double[] peaks = ForestDetector.peaks(scores);

        int[] told = IntStream.range(1, 400).filter(row -> peaks[row] > 0).toArray();
        assertThat(told).containsExactly(100, 110, 300);
        assertThat(peaks[110]).isEqualTo(4);
    }

    @Test
    void aForestIsDrawnByItsSeed() {
        Deadline far = new Deadline(60);
        LabelledSeries series = series(60);
        List<double[]> scores =
                Stream.of(1, 1, 2)
                        .map(seed -> new ForestDetector(ForestSettings.DEFAULTS, seed, far))
                        .map(forest -> forest.scores(series, Purpose.RANKING))
                        .toList();

        assertThat(scores.get(1)).isEqualTo(scores.get(0));
        assertThat(scores.get(2)).isNotEqualTo(scores.get(0));
    }

    @Test
    void noFileIsBegunOnceTheTimeIsOver() {
        Detector late = new ForestDetector(ForestSettings.DEFAULTS, 1, new Deadline(-1));

        assertThatThrownBy(() -> late.scores(series(60), Purpose.ALERTS))
                .isInstanceOf(Deadline.Passed.class);
    }

    /** Two channels of noise; at {@link #JUMP} one is {@code value}, unless that is NaN. */
    private static LabelledSeries series(float value) {
        Random random = new Random(1);
        long[] times = new long[ROWS];
        float[][] values = new float[ROWS][2];
        for (int row = 0; row < ROWS; row++) {
            times[row] = 60_000L * row;
            values[row][0] = (float) random.nextGaussian();
            values[row][1] = (float) (10 + random.nextGaussian());
        }
        if (!Float.isNaN(value)) {
            values[JUMP][0] = value;
        }
        return new LabelledSeries("noise", times, values, List.of(), 0);
    }
}
