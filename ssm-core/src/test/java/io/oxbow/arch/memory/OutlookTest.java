package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.memory.MemoryConfig.Ahead;
import io.oxbow.compute.scalar.Outlook;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model expects of many tokens to come. */
class OutlookTest {
    private static final long MINUTE = 60_000;

    @Test
    void followsAWave() {
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1, 24))) {
            int seen = 4000;
            for (int t = 0; t < seen; t++) {
                run.step(t * MINUTE, wave(t));
            }
            Outlook outlook = run.outlook();
            for (int h = 0; h < 24; h++) {
                assertThat(outlook.expected()[h]).isCloseTo(wave(seen + h), within(0.5f));
            }
        }
    }

    private static float wave(int t) {
        return (float) (20 + 5 * Math.sin(2 * Math.PI * t / 50));
    }

    /**
     * Of x' = 0.8 x + noise the best forecast is 0.8^h x, off by sqrt(sum of 0.64^i) noises. The
     * mean that x returns to is known from the longest window alone, to a quarter of a noise.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void knowsHowFastAnAutoregressionForgets(int every) {
        MemoryConfig config = MemoryConfig.forChannels(1).with(new Ahead(6, every, false, 0.9999));
        Random random = new Random(4);
        double x = 0;
        int judged = 0;
        double[] off = new double[6];
        double[] band = new double[6];
        try (MemoryRun run = new MemoryRun(config)) {
            for (int t = 0; t < 20_000; t++) {
                x = 0.8 * x + random.nextGaussian();
                run.step(t * MINUTE, (float) (100 + x));
                if (t >= 10_000 && t % 50 == 0) {
                    Outlook outlook = run.outlook();
                    for (int h = 0; h < 6; h++) {
                        double best = 100 + x * Math.pow(0.8, h + 1);
                        off[h] += Math.pow(outlook.expected()[h] - best, 2);
                        band[h] += (outlook.high()[h] - outlook.low()[h]) / 2;
                    }
                    judged++;
                }
            }
        }
        double variance = 0;
        for (int h = 0; h < 6; h++) {
            variance += Math.pow(0.64, h);
            assertThat(Math.sqrt(off[h] / judged)).isLessThan(0.35);
            assertThat(band[h] / judged).isCloseTo(Math.sqrt(variance), within(0.2));
        }
    }

    /** Whatever the shape of the errors; twice as far, the share depends on it. */
    @ParameterizedTest
    @ValueSource(strings = {"normal", "laplace", "student", "wave", "widening"})
    void theBandHoldsTheShareItStates(String shape) {
        int horizon = 6;
        int seen = 12_000;
        Random random = new Random(5);
        float[] x = new float[seen];
        for (int t = 0; t < seen; t++) {
            x[t] = (float) noise(shape, t, random);
        }
        int inside = 0;
        int judged = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1, horizon))) {
            for (int t = 0; t + horizon < seen; t++) {
                run.step(t * MINUTE, x[t]);
                if (t < 4000 || t % 5 > 0) {
                    continue;
                }
                Outlook outlook = run.outlook();
                for (int h = 0; h < horizon; h++) {
                    float off = x[t + 1 + h] - outlook.expected()[h];
                    float error =
                            off < 0
                                    ? outlook.expected()[h] - outlook.low()[h]
                                    : outlook.high()[h] - outlook.expected()[h];
                    inside += Math.abs(off) <= error ? 1 : 0;
                    judged++;
                }
            }
        }
        assertThat(inside / (double) judged).isCloseTo(0.683, within(0.03));
    }

    private static double noise(String shape, int t, Random random) {
        double g = random.nextGaussian();
        return switch (shape) {
            case "laplace" -> Math.copySign(Math.log(1 - random.nextDouble()), g);
            case "student" -> g / Math.sqrt(chiSquare(5, random) / 5);
            case "widening" -> g * (1 + t / 2000.0);
            case "wave" -> g + 10 * Math.sin(2 * Math.PI * t / 100);
            default -> g;
        };
    }

    private static double chiSquare(int degrees, Random random) {
        double sum = 0;
        for (int i = 0; i < degrees; i++) {
            double g = random.nextGaussian();
            sum += g * g;
        }
        return sum;
    }

    @Test
    void saysNothingBeforeAForecastHasMetItsOutcome() {
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(2, 5))) {
            for (int t = 0; t < 5; t++) {
                run.step(t * MINUTE, t, -t);
                assertThat(run.outlook().expected()).containsOnly(Float.NaN);
            }
            run.step(5 * MINUTE, 5, -5);
            assertThat(run.outlook().expected()).doesNotContain(Float.NaN);
        }
    }

    @Test
    void manyChannelsShareWhatTheyLearn() {
        int channels = 8;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(channels, 10))) {
            float[] x = new float[channels];
            int seen = 12_000;
            for (int t = 0; t < seen; t++) {
                for (int c = 0; c < channels; c++) {
                    x[c] = (float) Math.sin(2 * Math.PI * t / 50 + c) * (c + 1);
                }
                run.step(t * MINUTE, x);
            }
            Outlook outlook = run.outlook();
            for (int c = 0; c < channels; c++) {
                for (int h = 0; h < 10; h++) {
                    double truth = Math.sin(2 * Math.PI * (seen + h) / 50 + c) * (c + 1);
                    assertThat(outlook.expected()[c * 10 + h] / (c + 1))
                            .isCloseTo((float) truth / (c + 1), within(0.1f));
                }
            }
        }
    }

    @Test
    void staysFiniteOnAConstantStreamAndAfterAnAbsurdValue() {
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < 30_000; t++) {
                run.step(t * MINUTE, t == 20_000 ? 1e30f : 7);
            }
            assertThat(run.stateFinite()).isTrue();
            for (float value : run.outlook().expected()) {
                assertThat(value).isFinite();
            }
        }
    }
}
