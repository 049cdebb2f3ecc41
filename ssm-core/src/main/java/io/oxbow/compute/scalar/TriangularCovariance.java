package io.oxbow.compute.scalar;

/**
 * The measurement update of a covariance kept as {@code P = U D U'}, U unit upper triangular, D
 * diagonal (Bierman 1977, Factorization Methods for Discrete Sequential Estimation, V.3).
 *
 * <p>Packed by columns: column j holds its j elements of U above the diagonal, then its element of
 * D. Holds scratch memory and the gain of the last measurement; one thread at a time.
 */
final class TriangularCovariance {
    private final int size;
    private final float[] gain;
    private double innovation;

    TriangularCovariance(int size) {
        this.size = size;
        this.gain = new float[size];
    }

    /**
     * Takes in one measurement of unit variance, after dividing P by {@code forgetting}.
     *
     * @param packed where P lies in {@code state}
     * @param features the measurement's coefficients, at {@code at} of {@code phi}
     * @param first leading coefficients that are zero
     */
    void measure(float[] state, int packed, float[] phi, int at, int first, double forgetting) {
        double inflation = 1 / forgetting;
        double sum = 1;
        int column = packed;
        for (int j = 0; j < first; j++) {
            state[column + j] *= (float) inflation;
            gain[j] = 0;
            column += j + 1;
        }
        for (int j = first; j < size; j++) {
            float f = phi[at + j] + dot(state, column, phi, at, j);
            double d = state[column + j] * inflation;
            float g = (float) (d * f);
            double before = sum;
            sum += (double) f * g;
            state[column + j] = (float) (d * (before / sum));
            fold(state, column, j, (float) (-f / before), g);
            gain[j] = g;
            column += j + 1;
        }
        innovation = sum;
    }

    /** Moves {@code weights} by the gain of the last measurement times its error. */
    void correct(float[] state, int weights, double error) {
        float factor = (float) (error / innovation);
        for (int i = 0; i < size; i++) {
            state[weights + i] += gain[i] * factor;
        }
    }

    /**
     * Moves a matrix of weights, {@code (size, columns)}, each column by its own error of the same
     * measurement. {@code errors} is used up.
     */
    void correct(float[] state, int weights, float[] errors, int columns) {
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
