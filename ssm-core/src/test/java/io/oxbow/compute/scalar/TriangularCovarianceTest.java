package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the textbook recursion {@code P = (P - k phi' P) / lambda} in double. */
class TriangularCovarianceTest {
    private static final int AT = 3;
    private static final double FORGETTING = 0.98;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 17, 43})
    void learnsAsTheTextbookRecursionDoes(int d) {
        Random random = new Random(d);
        float[] state = new float[AT + d * (d + 1) / 2 + 2];
        float[] weights = new float[d];
        double[][] p = new double[d][d];
        double[] w = new double[d];
        for (int i = 0; i < d; i++) {
            state[AT + i * (i + 1) / 2 + i] = 1;
            p[i][i] = 1;
        }
        TriangularCovariance covariance = new TriangularCovariance(d);
        float[] phi = new float[d];
        for (int t = 0; t < 2000; t++) {
            int only = t % d;
            boolean alone = t % 3 == 0;
            double target = random.nextGaussian();
            double predicted = 0;
            double expected = 0;
            for (int i = 0; i < d; i++) {
                phi[i] = alone ? (i == only ? 0.5f : 0) : (float) random.nextGaussian();
                target += (i + 1.0) / d * phi[i];
                predicted += weights[i] * phi[i];
                expected += w[i] * phi[i];
            }
            if (alone) {
                covariance.measureOne(state, AT, only, 0.5f);
            } else {
                covariance.measure(state, AT, phi, 0, FORGETTING);
            }
            covariance.correct(weights, 0, target - predicted);
            textbook(p, w, phi, target - expected, alone ? 1 : FORGETTING);
        }

        for (int i = 0; i < d; i++) {
            assertThat((double) weights[i]).isCloseTo(w[i], within(2e-3));
        }
        assertThat(state[0]).isZero();
        assertThat(state[state.length - 1]).isZero();
    }

    private static void textbook(
            double[][] p, double[] w, float[] phi, double error, double forgetting) {
        int d = w.length;
        double[] pPhi = new double[d];
        double sum = 1;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                pPhi[i] += p[i][j] / forgetting * phi[j];
            }
            sum += phi[i] * pPhi[i];
        }
        for (int i = 0; i < d; i++) {
            w[i] += pPhi[i] / sum * error;
            for (int j = 0; j < d; j++) {
                p[i][j] = p[i][j] / forgetting - pPhi[i] * pPhi[j] / sum;
            }
        }
    }
}
