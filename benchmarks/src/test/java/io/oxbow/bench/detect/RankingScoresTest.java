package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingScoresTest {
    @Test
    void averagePrecisionOfAHandComputedRanking() {
        // Ranked: hit, miss, hit, miss: 1/2 * 1/1 + 1/2 * 2/3.
        double[] scores = {0.9, 0.8, 0.7, 0.6};
        boolean[] labels = {true, false, true, false};
        assertThat(RankingScores.averagePrecision(scores, labels))
                .isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(RankingScores.areaUnderRoc(scores, labels)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void tiesAreOneThreshold() {
        double[] scores = {1, 1, 1, 1};
        boolean[] labels = {true, false, true, false};
        assertThat(RankingScores.averagePrecision(scores, labels)).isCloseTo(0.5, within(1e-12));
        assertThat(RankingScores.areaUnderRoc(scores, labels)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void withoutLabelsThereIsNothingToRank() {
        double[] scores = {1, 2};
        boolean[] none = {false, false};
        assertThat(RankingScores.averagePrecision(scores, none)).isNaN();
        assertThat(RankingScores.areaUnderRoc(scores, none)).isNaN();
    }
}
