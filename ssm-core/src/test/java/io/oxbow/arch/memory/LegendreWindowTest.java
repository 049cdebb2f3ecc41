package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegendreWindowTest {

    @ParameterizedTest
    @CsvSource({"1, 4", "3, 16", "8, 16", "8, 64", "16, 288", "64, 1000"})
    void aConstantBecomesItsFirstCoefficientAlone(int order, double samples) {
        double[] memory = new double[order];
        LegendreWindow window = LegendreWindow.of(order, samples);
        for (int t = 0; t < 40 * samples; t++) {
            step(window, memory, 2.5);
        }

        assertThat(memory[0]).isCloseTo(2.5, within(1e-4));
        for (int n = 1; n < order; n++) {
            assertThat(memory[n]).isCloseTo(0, within(1e-3));
        }
    }

    /** A ramp over the window is 1/2 + P1/2, and P1's orthonormal coefficient is 1 / (2 sqrt 3). */
    @Test
    void aRampHasTwoCoefficients() {
        double samples = 1000;
        double[] memory = new double[6];
        LegendreWindow window = LegendreWindow.of(6, samples);
        int length = 4000;
        for (int t = 0; t < length; t++) {
            step(window, memory, t / samples);
        }

        double newest = (length - 0.5) / samples;
        assertThat(memory[0]).isCloseTo(newest - 0.5, within(2e-3));
        assertThat(Math.abs(memory[1])).isCloseTo(1 / (2 * Math.sqrt(3)), within(2e-3));
        assertThat(memory[2]).isCloseTo(0, within(2e-3));
        assertThat(memory[5]).isCloseTo(0, within(2e-3));
    }

    private static void step(LegendreWindow window, double[] memory, double u) {
        int order = memory.length;
        double[] next = new double[order];
        for (int i = 0; i < order; i++) {
            next[i] = window.b()[i] * u;
            for (int j = 0; j < order; j++) {
                next[i] += window.a()[i * order + j] * memory[j];
            }
        }
        System.arraycopy(next, 0, memory, 0, order);
    }
}
