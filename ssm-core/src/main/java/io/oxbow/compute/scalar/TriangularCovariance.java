package io.oxbow.compute.scalar;

import io.oxbow.compute.LeastSquares;
import java.util.Arrays;

/**
 * {@link LeastSquares} in plain Java. The factors that a measurement turns the columns by depend on
 * the diagonal alone, so they are computed before any column is turned.
 */
final class TriangularCovariance implements LeastSquares {
    private final int size;
    private final float[] gain;
    private final float[] residual;
    private final float[] gainLast;
    private final float[] turn;
    private double innovation;

    TriangularCovariance(int size) {
        this.size = size;
        this.gain = new float[size];
        this.residual = new float[size];
        this.gainLast = new float[size];
        this.turn = new float[size];
    }

    @Override
    public void measure(float[] state, int packed, float[] phi, int at, double forgetting) {
        int column = packed;
        for (int j = 0; j < size; j++) {
            residual[j] = phi[at + j] + dot(state, column, phi, at, j);
            column += j + 1;
        }
        take(state, packed, 0, 1 / forgetting);
    }

    @Override
    public void measureOne(float[] state, int packed, int only, float coefficient) {
        residual[only] = coefficient;
        for (int j = only + 1; j < size; j++) {
            residual[j] = state[packed + j * (j + 1) / 2 + only] * coefficient;
        }
        take(state, packed, only, 1);
    }

    /**
     * @param first leading coefficients that are zero
     */
    private void take(float[] state, int packed, int first, double inflation) {
        double sum = 1;
        for (int j = first; j < size; j++) {
            int diagonal = packed + j * (j + 1) / 2 + j;
            float f = residual[j];
            double d = state[diagonal] * inflation;
            float g = (float) (d * f);
            double before = sum;
            sum += (double) f * g;
            state[diagonal] = (float) (d * (before / sum));
            turn[j] = (float) (-f / before);
            gainLast[j] = g;
        }
        innovation = sum;
        Arrays.fill(gain, 0, first, 0f);
        for (int j = first; j < size; j++) {
            fold(state, packed + j * (j + 1) / 2, j, turn[j], gainLast[j]);
            gain[j] = gainLast[j];
        }
    }

    @Override
    public double predict(float[] state, int weights, float[] features, int at) {
        double predicted = 0;
        for (int i = 0; i < size; i++) {
            predicted += (double) state[weights + i] * features[at + i];
        }
        return predicted;
    }

    @Override
    public void predict(float[] state, int weights, float[] features, float[] out) {
        Outlook.predict(state, weights, features, out);
    }

    @Override
    public void correct(float[] state, int weights, double error) {
        float factor = (float) (error / innovation);
        for (int i = 0; i < size; i++) {
            state[weights + i] += gain[i] * factor;
        }
    }

    @Override
    public void correct(float[] state, int weights, float[] errors) {
        int columns = errors.length;
        float share = (float) (1 / innovation);
        for (int h = 0; h < columns; h++) {
            errors[h] *= share;
        }
        for (int i = 0; i < size; i++) {
            float g = gain[i];
            int row = weights + i * columns;
            for (int h = 0; h < columns; h++) {
                state[row + h] += g * errors[h];
            }
        }
    }

    /** Rotates a column of U against the gain collected so far. */
    private void fold(float[] state, int column, int length, float turn, float g) {
        float[] k = gain;
        for (int i = 0; i < length; i++) {
            float u = state[column + i];
            state[column + i] = u + k[i] * turn;
            k[i] += u * g;
        }
    }

    /** Four sums side by side, so that one does not wait for the other. */
    private static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[aAt + i] * b[bAt + i];
            s1 += a[aAt + i + 1] * b[bAt + i + 1];
            s2 += a[aAt + i + 2] * b[bAt + i + 2];
            s3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[aAt + i] * b[bAt + i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
