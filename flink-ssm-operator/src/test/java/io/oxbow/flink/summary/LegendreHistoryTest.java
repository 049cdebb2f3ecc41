package io.oxbow.flink.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** All of the past against the least-squares fit computed from the past itself. */
class LegendreHistoryTest {

    /** (2n + 1) times the integral of the past times the n-th polynomial, over [0, 1]. */
    private static double[] fit(double[] past, int order) {
        double[] fit = new double[order];
        double[] basis = new double[order];
        LegendreHistory polynomials = new LegendreHistory(order);
        int fine = 400;
        for (int i = 0; i < past.length * fine; i++) {
            polynomials.basisAt((i + 0.5) / (past.length * fine), basis);
            for (int n = 0; n < order; n++) {
                fit[n] += (2 * n + 1) * past[i / fine] * basis[n] / (past.length * fine);
            }
        }
        return fit;
    }

    @Test
    void isTheLeastSquaresFitOfThePast() {
        int order = 24;
        LegendreHistory history = new LegendreHistory(order);
        Random random = new Random(1);
        double[] past = new double[100];
        double[] state = new double[order];
        for (int i = 0; i < past.length; i++) {
            past[i] = 3 + random.nextGaussian();
            history.advance(state, past[i], i, 1);
        }
        assertThat(state).containsExactly(fit(past, order), within(1e-3));
    }

    /** However long the same input lasts, one step or many: nothing is approximated. */
    @Test
    void aLongStepIsAsManyShortOnes() {
        LegendreHistory history = new LegendreHistory(64);
        Random random = new Random(2);
        double[] one = new double[64];
        for (int i = 0; i < 200; i++) {
            history.advance(one, random.nextGaussian(), i, 1);
        }
        double[] many = one.clone();
        history.advance(one, 0.5, 200, 1000);
        for (int i = 0; i < 1000; i++) {
            history.advance(many, 0.5, 200 + i, 1);
        }
        assertThat(many).containsExactly(one, within(1e-9));
    }

    @Test
    void aConstantStaysExactlyItself() {
        LegendreHistory history = new LegendreHistory(64);
        double[] state = new double[64];
        for (int i = 0; i < 20_000; i++) {
            history.advance(state, 2.5, i, 1);
        }
        double[] rest = new double[64];
        rest[0] = 2.5;
        assertThat(state).isEqualTo(rest);
    }

    /** Years of hours neither blow up nor drift: what is left over is what Parseval says. */
    @Test
    void whatIsLeftOverIsTheMeanSquareThatIsMissing() {
        int order = 32;
        LegendreHistory history = new LegendreHistory(order);
        int hours = 5 * 365 * 24;
        double[] past = new double[hours];
        double[] state = new double[order];
        double square = 0;
        Random random = new Random(3);
        for (int i = 0; i < hours; i++) {
            past[i] = Math.sin(i / 3000.0) + 0.3 * random.nextGaussian();
            history.advance(state, past[i], i, 1);
            square += past[i] * past[i] / hours;
        }
        double[] basis = new double[order];
        double left = 0;
        for (int i = 0; i < hours; i++) {
            history.basisAt((i + 0.5) / hours, basis);
            double difference = past[i] - LegendreWindow.dot(state, basis);
            left += difference * difference / hours;
        }
        assertThat(square - LegendreHistory.meanSquare(state)).isCloseTo(left, within(1e-6));
        assertThat(Math.sqrt(left)).isCloseTo(0.3, within(0.01));
    }
}
