package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.plan.EvidenceKind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kind of evidence speaks for what, and that none speaks out of turn. */
class EvidenceTest {
    private static final long START = 1_700_000_000_000L;
    private static final long STEP = 60_000L;
    private static final int LENGTH = 3000;
    private static final int WARM = 500;

    /** Streams of few values, or of values that stay: what repeats and gaps come of by nature. */
    enum Coarse {
        /** One of a few values, of unlike probabilities. */
        DICE {
            @Override
            double next(double last, int t, Random random) {
                int throwing = random.nextInt(21);
                return (int) ((Math.sqrt(8 * throwing + 1) - 1) / 2);
            }
        },
        /** A wandering value, read in tenths. */
        ROUNDED {
            @Override
            double next(double last, int t, Random random) {
                return Math.rint(10 * (0.95 * last + 0.15 * random.nextGaussian())) / 10;
            }
        },
        /** Two levels, neither long nor short. */
        SWITCHING {
            @Override
            double next(double last, int t, Random random) {
                return random.nextInt(12) == 0 ? 3 - last : last == 0 ? 1 : last;
            }
        },
        /** At rest two thirds of the time, always for as long. */
        RESTING {
            @Override
            double next(double last, int t, Random random) {
                return t % 60 < 40 ? 0 : 4 + random.nextGaussian();
            }
        },
        /** Constant, but for a rare tremor. */
        STILL {
            @Override
            double next(double last, int t, Random random) {
                return random.nextInt(200) == 0 ? random.nextGaussian() : 7;
            }
        };

        abstract double next(double last, int t, Random random);
    }

    @ParameterizedTest
    @EnumSource(Coarse.class)
    void smallPValuesAreNoMoreCommonThanTheySayOnStreamsOfFewValues(Coarse kind) {
        double[] levels = {0.1, 0.05, 0.01, 0.001};
        long[] hits = new long[levels.length];
        long total = 0;
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(700 + seed);
            double x = 0;
            try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
                for (int t = 0; t < 2 * LENGTH; t++) {
                    x = kind.next(x, t, random);
                    run.step(START + t * STEP, (float) x);
                    for (int i = 0; t >= WARM && i < levels.length; i++) {
                        hits[i] += run.pValue() <= levels[i] ? 1 : 0;
                    }
                    total += t >= WARM ? 1 : 0;
                }
            }
        }
        for (int i = 0; i < levels.length; i++) {
            double chance = 3 * Math.sqrt(levels[i] / total);
            System.out.printf("%s: P(p<=%s)=%.5f%n", kind, levels[i], hits[i] / (double) total);
            assertThat(hits[i] / (double) total).isLessThan(1.25 * levels[i] + chance);
        }
    }

    /** A wave with noise, the same in every channel but for its phase. */
    private static void wave(float[] x, int t, Random random) {
        for (int c = 0; c < x.length; c++) {
            x[c] = (float) (3 * Math.sin(t * 0.01 + c) + 0.4 * random.nextGaussian());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 16})
    void aSensorThatIsStuckIsFoundWithinThreeEventsAndToldAsAFlatline(int channels) {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(40 + seed);
            float[] x = new float[channels];
            int stuck = channels / 2;
            try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(channels))) {
                for (int t = 0; t < LENGTH; t++) {
                    wave(x, t, random);
                    run.step(START + t * STEP, x);
                }
                float held = x[stuck];
                float lowest = 1;
                for (int t = LENGTH; t < LENGTH + 3; t++) {
                    wave(x, t, random);
                    x[stuck] = held;
                    run.step(START + t * STEP, x);
                    lowest = Math.min(lowest, run.pValue());
                }
                assertThat(lowest).isLessThan(1e-3f);
                assertThat(run.leading()).isEqualTo(EvidenceKind.FLATLINE);
                assertThat(run.evidenceChannel(EvidenceKind.FLATLINE)).isEqualTo(stuck);
            }
        }
    }

    @Test
    void whatIsConstantByNatureIsNoFlatlineNorAfterItsFirstTremor() {
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < LENGTH; t++) {
                run.step(START + t * STEP, t == 1500 ? 20.5f : 20);
                if (t >= WARM) {
                    assertThat(run.evidence(EvidenceKind.FLATLINE)).isLessThan(2);
                }
                if (t > 1510) {
                    assertThat(run.pValue()).isGreaterThan(1e-3f);
                }
            }
        }
    }

    @Test
    void aRestNoLongerThanUsualIsNoFlatlineAndALongerOneIs() {
        Random random = new Random(3);
        float latest = 1;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < LENGTH + 75; t++) {
                run.step(
                        START + t * STEP,
                        (float) Coarse.RESTING.next(0, Math.min(t, LENGTH), random));
                if (t >= LENGTH / 2 && t < LENGTH + 40) {
                    assertThat(run.evidence(EvidenceKind.FLATLINE)).isLessThan(2);
                }
                latest = t == LENGTH + 40 ? 1 : Math.min(latest, run.pValue());
            }
        }
        assertThat(latest).isLessThan(0.01f);
    }

    /**
     * @param noise of each level, in units of the least distance between levels
     */
    private record Levels(double noise, double... levels) {
        double next(Random random) {
            return levels[random.nextInt(levels.length)] + noise * random.nextGaussian();
        }
    }

    @Test
    void aValueBetweenTheLevelsThatAStreamSwitchesBetweenIsFoundAndToldAsRare() {
        Levels[] streams = {
            new Levels(0, -4, 9), new Levels(0.2, 100, 103), new Levels(0.04, 0, 1, 4)
        };
        double[] between = {1, 101.6, 2.6};
        for (int s = 0; s < streams.length; s++) {
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(80 + seed);
                try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
                    for (int t = 0; t < LENGTH; t++) {
                        run.step(START + t * STEP, (float) streams[s].next(random));
                    }
                    run.step(START + LENGTH * STEP, (float) between[s]);
                    assertThat(run.pValue()).isLessThan(2e-3f);
                    assertThat(run.leading()).isEqualTo(EvidenceKind.DENSITY);
                }
            }
        }
    }

    @Test
    void aValueBeyondAllBeforeIsToldAsOne() {
        Random random = new Random(15);
        float[] x = new float[5];
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(5))) {
            for (int t = 0; t < LENGTH; t++) {
                wave(x, t, random);
                run.step(START + t * STEP, x);
            }
            wave(x, LENGTH, random);
            x[3] = 11;
            run.step(START + LENGTH * STEP, x);
            assertThat(run.leading()).isIn(EvidenceKind.RANGE, EvidenceKind.FORECAST);
            assertThat(run.evidence(EvidenceKind.RANGE)).isGreaterThan(2);
            assertThat(run.evidenceChannel(EvidenceKind.RANGE)).isEqualTo(3);
            assertThat(run.evidence(EvidenceKind.FLATLINE)).isZero();
        }
    }

    @Test
    void aValueThatIsUsualElsewhereIsToldByItsForecastAlone() {
        Random random = new Random(16);
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < LENGTH; t++) {
                run.step(
                        START + t * STEP,
                        (float) (5 * Math.sin(t * 0.02) + 0.1 * random.nextGaussian()));
            }
            run.step(START + LENGTH * STEP, (float) (5 * Math.sin(LENGTH * 0.02) + 3));
            assertThat(run.leading()).isEqualTo(EvidenceKind.FORECAST);
            assertThat(run.evidence(EvidenceKind.FORECAST)).isGreaterThan(3);
        }
    }
}
