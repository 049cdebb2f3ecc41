package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that the stream has had before, at a moment where it does not belong. */
class ContextualJumpTest {
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000L;
    private static final int JUMP_AT = 4000;

    /**
     * @param period of the wave, in events
     * @param noise standard deviation, in units of the wave's height
     * @param phase of the wave at the jump
     * @param size of the jump toward the middle, in units of the wave's height
     */
    record Wave(
            double level, double height, double period, double noise, double phase, double size) {
        double at(int t, Random random) {
            double angle = 2 * Math.PI * (t - JUMP_AT) / period + phase;
            return level + height * (Math.sin(angle) + noise * random.nextGaussian());
        }

        double jump() {
            return -Math.signum(Math.sin(phase)) * size * height;
        }
    }

    static List<Wave> waves() {
        List<Wave> waves = new ArrayList<>();
        for (double period : new double[] {48, 300, 1440, 5000}) {
            for (double phase : new double[] {0.7, 1.6, 3.9, 5}) {
                waves.add(new Wave(60, 5, period, 0.06, phase, 1.2));
                waves.add(new Wave(-3, 0.01, period, 0.01, phase, 0.4));
                waves.add(new Wave(1e5, 900, period, 0, phase, 0.5));
            }
        }
        return waves;
    }

    @ParameterizedTest
    @MethodSource("waves")
    void isToldAtOnceThoughItsSizeIsNotNew(Wave wave) {
        Random random = new Random(31);
        int early = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int t = 0; t < JUMP_AT; t++) {
                run.step(START + t * MINUTE, (float) wave.at(t, random));
                early += t >= 1000 && run.pValue() <= 1e-3f ? 1 : 0;
            }
            run.step(START + JUMP_AT * MINUTE, (float) (wave.at(JUMP_AT, random) + wave.jump()));

            assertThat(early).isLessThan(20);
            assertThat(run.pValue()).isLessThan(1e-3f);
            assertThat(run.score()).isGreaterThan(0.5f);
            assertThat(Math.signum(run.attribution(0))).isEqualTo((float) Math.signum(wave.jump()));
            assertThat(Math.abs(run.attribution(0))).isGreaterThan(3);
        }
    }
}
