package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.memory.MemoryConfig.Window;
import io.oxbow.model.SsmModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryModelTest {
    private static final long START = 1_700_000_000_000L;
    private static final long FIVE_MINUTES = 300_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8, 16, 17, 33, 64})
    void keepsWithinTheStateBudget(int channels) {
        SsmModel model = MemoryModel.build(MemoryConfig.forChannels(channels));

        assertThat(model.inputDim()).isEqualTo(channels);
        assertThat(model.plan().layout().bytes()).isLessThanOrEqualTo(MemoryConfig.STATE_BUDGET);
    }

    @Test
    void anotherConfigurationIsAnotherModel() {
        assertThat(MemoryConfig.forChannels(3).fingerprint())
                .isEqualTo(MemoryConfig.forChannels(3).fingerprint())
                .isNotEqualTo(MemoryConfig.forChannels(4).fingerprint());
    }

    @Test
    void refusesWhatCannotWorkInOneSentence() {
        assertThatThrownBy(() -> MemoryConfig.forChannels(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the memory model needs at least one channel; it was given 0");
        assertThatThrownBy(() -> new Window(0, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an order from 1 to 64");
    }

    @Test
    void learnsADailyCurve() {
        Random random = new Random(5);
        double error = 0;
        double naive = 0;
        double previous = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 8 * 288; t++) {
                double clean = 20 + 5 * Math.sin(2 * Math.PI * t / 288);
                double x = clean + 0.3 * random.nextGaussian();
                run.step(START + t * FIVE_MINUTES, (float) x);
                if (t >= 5 * 288) {
                    error += Math.abs(run.forecast(0) - clean);
                    naive += Math.abs(previous - clean);
                }
                previous = x;
            }
        }

        assertThat(error).isLessThan(0.5 * naive);
    }

    @Test
    void saysWhichChannelAndInWhichDirection() {
        Random random = new Random(6);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(8))) {
            float[] x = new float[8];
            for (int t = 0; t < 1500; t++) {
                fillGaussian(x, random);
                run.step(START + t * 1000L, x);
            }
            fillGaussian(x, random);
            x[5] = -9;
            run.step(START + 1_500_000L, x);

            assertThat(run.pValue()).isLessThan(1e-3f);
            assertThat(run.attribution(5)).isLessThan(-3);
            for (int c = 0; c < 8; c++) {
                if (c != 5) {
                    assertThat(Math.abs(run.attribution(c))).isLessThan(4);
                }
            }
        }
    }

    @Test
    void threeStrangeChannelsOfSixtyFourShowAndSixtyFourNoisyOnesDoNot() {
        Random random = new Random(7);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(64))) {
            float[] x = new float[64];
            for (int t = 0; t < 2500; t++) {
                fillGaussian(x, random);
                run.step(START + t * 100L, x);
            }
            for (int c = 0; c < 64; c++) {
                x[c] = random.nextBoolean() ? 1.5f : -1.5f;
            }
            run.step(START + 250_000L, x);
            float slightlyNoisy = run.pValue();
            for (int t = 0; t < 50; t++) {
                fillGaussian(x, random);
                run.step(START + 251_000L + t, x);
            }
            fillGaussian(x, random);
            x[3] = 7;
            x[20] = -7;
            x[41] = 7;
            run.step(START + 252_000L, x);

            assertThat(slightlyNoisy).isGreaterThan(0.05f);
            assertThat(run.pValue()).isLessThan(1e-3f);
        }
    }

    private static void fillGaussian(float[] x, Random random) {
        for (int c = 0; c < x.length; c++) {
            x[c] = (float) random.nextGaussian();
        }
    }

    @Test
    void aConstantStreamIsNoNewsAndItsFirstRealChangeIs() {
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 2000; t++) {
                run.step(START + t * FIVE_MINUTES, 20);
                assertThat(run.score()).isLessThan(0.1f);
            }
            assertThat(run.forecast(0)).isCloseTo(20, within(0.01f));
            run.step(START + 2000 * FIVE_MINUTES, 25);

            assertThat(run.score()).isGreaterThan(0.3f);
            assertThat(run.pValue()).isLessThan(1e-3f);
        }
    }

    @Test
    void aLevelShiftIsToldAtOnceAndNotForEver() {
        Random random = new Random(11);
        int late = 0;
        float first = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 4000; t++) {
                double level = t < 2000 ? 20 : 28;
                run.step(START + t * FIVE_MINUTES, (float) (level + random.nextGaussian()));
                if (t >= 2000 && t < 2003) {
                    first = Math.max(first, run.score());
                }
                late += t >= 2300 && run.score() > 0.5f ? 1 : 0;
            }
        }

        assertThat(first).isGreaterThan(0.7f);
        assertThat(late).isLessThan(6);
    }

    @Test
    void aSecondAnomalyIsNotSwallowed() {
        Random random = new Random(12);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 3000; t++) {
                boolean soon = t == 2020;
                boolean later = t == 2200;
                double spike = t == 2000 ? 9 : soon || later ? -9 : 0;
                run.step(START + t * FIVE_MINUTES, (float) (20 + spike + random.nextGaussian()));
                if (spike != 0) {
                    assertThat(run.pValue()).isLessThan(1e-3f);
                }
                if (t == 2000 || later) {
                    assertThat(run.score()).isGreaterThan(0.6f);
                }
            }
        }
    }

    @Test
    void aSensorThatStopsMovingScoresAboveItsUsual() {
        Random random = new Random(13);
        double usual = 0;
        double stuck = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 3400; t++) {
                double x = 20 + 5 * Math.sin(2 * Math.PI * t / 288) + 0.5 * random.nextGaussian();
                run.step(START + t * FIVE_MINUTES, t < 3000 ? (float) x : 25);
                usual += t >= 2000 && t < 3000 ? run.score() / 1000 : 0;
                stuck += t >= 3150 ? run.score() / 250 : 0;
            }
        }

        assertThat(stuck).isGreaterThan(1.3 * usual);
    }

    @Test
    void anUnknownStreamIsJudgedAfterFourHundredTokens() {
        int alerts = 0;
        int found = 0;
        for (int stream = 0; stream < 20; stream++) {
            Random random = new Random(100 + stream);
            try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
                for (int t = 0; t < 400; t++) {
                    run.step(START + t * 10_000L, (float) (5 + random.nextGaussian()));
                    alerts += run.score() > 0.5f ? 1 : 0;
                }
                run.step(START + 4_000_000L, 15);
                found += run.score() > 0.6f ? 1 : 0;
            }
        }

        assertThat(alerts).isLessThan(80);
        assertThat(found).isGreaterThanOrEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e30f, -3e38f, 1e-38f, Float.MAX_VALUE})
    void survivesAbsurdValuesAndForgetsThem(float absurd) {
        Random random = new Random(8);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(2))) {
            for (int t = 0; t < 4000; t++) {
                boolean strange = t >= 1000 && t < 1010;
                float x = (float) (20 + random.nextGaussian());
                run.step(START + t * 1000L, strange ? absurd : x, strange ? -absurd : x);
                if (t > 0) {
                    assertThat(Float.isFinite(run.forecast(0))).isTrue();
                    assertThat(Float.isFinite(run.attribution(1))).isTrue();
                    assertThat(run.score()).isBetween(0f, 1f);
                }
            }

            assertThat(run.stateFinite()).isTrue();
        }
    }

    @Test
    void oneAbsurdValueDoesNotBlindIt() {
        Random random = new Random(9);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 2000; t++) {
                run.step(
                        START + t * FIVE_MINUTES,
                        t == 1000 ? 1e30f : (float) (20 + random.nextGaussian()));
            }
            assertThat(run.forecast(0)).isCloseTo(20, within(2f));
            run.step(START + 2000 * FIVE_MINUTES, 32);

            assertThat(run.pValue()).isLessThan(1e-2f);
        }
    }

    @Test
    void aMillionTokensOfEveryKindKeepItFinite() {
        MemoryConfig small =
                new MemoryConfig(
                        1,
                        List.of(new Window(6, 16)),
                        2,
                        1,
                        0,
                        0.9995,
                        1,
                        3,
                        1.0 / 5000,
                        100,
                        new MemoryConfig.Shapes(8, 4, true),
                        new MemoryConfig.Ahead(5, 2, false, 0.9999));
        Random random = new Random(10);
        try (MemoryRun run = new MemoryRun(small)) {
            for (int t = 0; t < 1_000_000; t++) {
                int phase = t / 100_000;
                float x =
                        switch (phase % 4) {
                            case 0 -> (float) random.nextGaussian();
                            case 1 -> 5;
                            case 2 -> (float) Math.sin(t * 0.1);
                            default -> t % 50_000 == 0 ? 1e30f : 1e-3f * t;
                        };
                run.step(START + t * 1000L, x);
            }

            assertThat(run.stateFinite()).isTrue();
            for (int t = 0; t < 20_000; t++) {
                run.step(START + (1_000_000L + t) * 1000L, (float) Math.sin(t * 0.1));
            }
            run.step(START + 1_020_000_000L, (float) Math.sin(20_000 * 0.1));
            assertThat(run.forecast(0)).isCloseTo((float) Math.sin(20_000 * 0.1), within(0.1f));
        }
    }
}
