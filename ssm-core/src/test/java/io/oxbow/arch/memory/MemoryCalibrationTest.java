package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On streams that do not change, a p-value of at most a must come about as often as a says. */
class MemoryCalibrationTest {
    private static final double[] LEVELS = {0.5, 0.2, 0.1, 0.05, 0.01};
    private static final int LENGTH = 6000;
    private static final int WARM = 1000;

    @ParameterizedTest(name = "{0}, {1} channels")
    @CsvSource({
        "IID, 1, 8",
        "AR_9, 1, 8",
        "SEASONAL, 1, 8",
        "HEAVY, 1, 8",
        "AR_9, 3, 4",
        "SEASONAL, 8, 3",
        "IID, 16, 3",
        "HEAVY, 16, 3",
        "SEASONAL, 64, 1"
    })
    void pValuesKeepTheirWord(Stream kind, int channels, int streams) {
        Hits young = new Hits();
        Hits old = new Hits();
        for (int s = 0; s < streams; s++) {
            run(kind, channels, new Random(100L * s + channels), young, old);
        }
        System.out.println(kind + ", " + channels + " channels, first thousand:" + young);
        System.out.println(kind + ", " + channels + " channels, later:" + old);

        for (int i = 0; i < LEVELS.length; i++) {
            assertThat(old.share(i))
                    .as("share of p-values up to " + LEVELS[i])
                    .isBetween(0.75 * LEVELS[i], 1.25 * LEVELS[i]);
            // So few events hit a small p-value by chance alone more or less often.
            double chance = 3 * Math.sqrt(LEVELS[i] * (1 - LEVELS[i]) / young.total);
            assertThat(young.share(i))
                    .as("share of p-values up to " + LEVELS[i] + " among the first thousand")
                    .isBetween(0.6 * LEVELS[i] - chance, 1.25 * LEVELS[i] + chance);
        }
    }

    private static void run(Stream kind, int channels, Random random, Hits young, Hits old) {
        double[] memory = new double[channels];
        float[] x = new float[channels];
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(channels))) {
            for (int t = 0; t < LENGTH; t++) {
                for (int c = 0; c < channels; c++) {
                    memory[c] = kind.next(memory[c], t, random);
                    x[c] = (float) (20 + 3 * memory[c]);
                }
                run.step(1_700_000_000_000L + t * 300_000L, x);
                assertThat(Float.isNaN(run.pValue())).isEqualTo(t < 100);
                if (t >= 100) {
                    (t < WARM ? young : old).add(run.pValue());
                }
            }
        }
    }

    /** How often p-values reached each level. */
    private static final class Hits {
        private final long[] hits = new long[LEVELS.length];
        private long total;

        void add(float pValue) {
            total++;
            for (int i = 0; i < LEVELS.length; i++) {
                hits[i] += pValue <= LEVELS[i] ? 1 : 0;
            }
        }

        double share(int level) {
            return hits[level] / (double) total;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < LEVELS.length; i++) {
                text.append(String.format(" P(p<=%s)=%.4f", LEVELS[i], share(i)));
            }
            return text.toString();
        }
    }

    /** Kinds of streams that do not change. */
    enum Stream {
        IID {
            @Override
            double next(double last, int t, Random random) {
                return random.nextGaussian();
            }
        },
        AR_9 {
            @Override
            double next(double last, int t, Random random) {
                return 0.9 * last + random.nextGaussian();
            }
        },
        SEASONAL {
            @Override
            double next(double last, int t, Random random) {
                return 5 * Math.sin(2 * Math.PI * t / 288) + random.nextGaussian();
            }
        },
        HEAVY {
            @Override
            double next(double last, int t, Random random) {
                double chi = 0;
                for (int i = 0; i < 3; i++) {
                    double g = random.nextGaussian();
                    chi += g * g / 3;
                }
                return random.nextGaussian() / Math.sqrt(chi);
            }
        };

        abstract double next(double last, int t, Random random);
    }
}
