package io.oxbow.arch.memory;

import io.oxbow.arch.Matrix;

/**
 * A sliding window over the last tokens as a linear memory: the coefficients of its content in
 * orthonormal shifted Legendre polynomials (LegT, Voelker, Kajic and Eliasmith 2019; Gu et al.
 * 2020, arXiv 2008.07669, in its orthonormal scaling).
 *
 * <pre>
 * theta dm/dt = -A m + B u
 * A[n][k] = sqrt(2n+1) sqrt(2k+1) (k &lt;= n ? 1 : (-1)^(n-k)),  B[n] = sqrt(2n+1)
 * </pre>
 *
 * taken exactly for an input that is constant between tokens. The first coefficient of a constant
 * input becomes that constant.
 *
 * @param a (order, order), one token's step
 * @param b (order)
 */
record LegendreWindow(float[] a, float[] b) {

    /**
     * @param order number of coefficients
     * @param samples length of the window in tokens
     */
    static LegendreWindow of(int order, double samples) {
        int n = order + 1;
        double[] augmented = new double[n * n];
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                double sign = j > i && (j - i) % 2 != 0 ? -1 : 1;
                augmented[i * n + j] = -sign * root(i) * root(j) / samples;
            }
            augmented[i * n + order] = root(i) / samples;
        }
        double[] step = Matrix.exponential(augmented, n);
        float[] a = new float[order * order];
        float[] b = new float[order];
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                a[i * order + j] = (float) step[i * n + j];
            }
            b[i] = (float) step[i * n + order];
        }
        return new LegendreWindow(a, b);
    }

    private static double root(int n) {
        return Math.sqrt(2 * n + 1);
    }
}
