package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScorerTest {
    private static final RowRange WINDOW = new RowRange(50, 59);

    private static LabelledSeries series(RowRange... windows) {
        return new LabelledSeries("made", new long[100], new float[100][1], List.of(windows), 0);
    }

    private static double[] alarmsAt(int... rows) {
        double[] scores = new double[100];
        for (int row : rows) {
            scores[row] = 1;
        }
        return scores;
    }

    private static NabScorer.Result score(NabProfile profile, double[] scores) {
        NabScorer scorer = new NabScorer(profile);
        scorer.add(series(WINDOW), scores);
        return scorer.best();
    }

    @Test
    void theFirstRowOfAWindowIsPerfect() {
        NabScorer.Result result = score(NabProfile.STANDARD, alarmsAt(50));
        assertThat(result.score()).isCloseTo(100, within(1e-9));
        assertThat(result.threshold()).isEqualTo(1);
        assertThat(result.detected()).isEqualTo(1);
    }

    @Test
    void laterDetectionsAreWorthLess() {
        // Row 59 lies at -1/10 of the window: 2 / (1 + e^-0.5) - 1 = 0.24492 of 0.98661.
        double worth = 0.2449186624 / 0.9866142981;
        assertThat(score(NabProfile.STANDARD, alarmsAt(59)).score())
                .isCloseTo(100 * (worth + 1) / 2, within(1e-6));
    }

    @Test
    void aFalseAlarmCostsItsWeight() {
        // Before the first window: -1, weighed 0.11 or 0.22, out of a range of 2.
        assertThat(score(NabProfile.STANDARD, alarmsAt(30, 50)).score())
                .isCloseTo(100 * (2 - 0.11) / 2, within(1e-9));
        assertThat(score(NabProfile.LOW_FALSE_POSITIVES, alarmsAt(30, 50)).score())
                .isCloseTo(100 * (2 - 0.22) / 2, within(1e-9));
        assertThat(score(NabProfile.LOW_FALSE_NEGATIVES, alarmsAt(30, 50)).score())
                .isCloseTo(100 * (3 - 0.11) / 3, within(1e-9));
    }

    @Test
    void anAlarmSoonAfterAWindowCostsLittle() {
        // One row behind a window of ten: 2 / (1 + e^(5/9)) - 1 = -0.27083.
        assertThat(score(NabProfile.STANDARD, alarmsAt(50, 60)).score())
                .isCloseTo(100 * (2 - 0.11 * 0.2708345) / 2, within(1e-4));
    }

    @Test
    void probationIsNotScored() {
        assertThat(score(NabProfile.STANDARD, alarmsAt(14, 50)).score())
                .isCloseTo(100, within(1e-9));
    }

    @Test
    void aSilentDetectorScoresZero() {
        assertThat(score(NabProfile.STANDARD, new double[100]).score()).isEqualTo(0);
    }

    @Test
    void aThresholdChosenElsewhereIsScoredAlike() {
        NabScorer scorer = new NabScorer(NabProfile.STANDARD);
        scorer.add(series(WINDOW), alarmsAt(30, 55));

        assertThat(scorer.at(1)).isCloseTo(scorer.best().score(), within(1e-9));
        assertThat(scorer.at(2)).isEqualTo(0);
    }
}
