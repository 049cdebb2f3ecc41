package io.oxbow.arch.hippo;

/**
 * The measures of HiPPO (Gu et al. 2020, arXiv 2008.07669): how much each moment of the past weighs
 * in the memory, and the system {@code dm/dt = A m + B u} that follows.
 */
public enum HippoMeasure {
    /** All of the past, uniformly, rescaled as it grows; A and B are divided by time. */
    LEGS {
        @Override
        double elementA(int n, int j) {
            return n == j ? -(n + 1) : n > j ? -root(n) * root(j) : 0;
        }

        @Override
        double elementB(int n) {
            return root(n);
        }
    },

    /** A sliding window of length 1, uniformly, in Legendre polynomials. */
    LEGT {
        @Override
        double elementA(int n, int j) {
            double sign = n < j && (n - j) % 2 != 0 ? -1 : 1;
            return -0.5 * sign * root(n) * root(j);
        }

        @Override
        double elementB(int n) {
            return 0.5 * root(n);
        }
    },

    /** A sliding window of length 1, uniformly, in a Fourier basis. */
    FOUT {
        @Override
        double elementA(int n, int j) {
            double rotation = 0;
            if (n % 2 == 0 && j == n + 1) {
                rotation = -Math.PI * (n / 2);
            } else if (n % 2 == 1 && j == n - 1) {
                rotation = Math.PI * (j / 2);
            }
            return rotation - elementB(n) * elementB(j);
        }

        @Override
        double elementB(int n) {
            return n == 0 ? 1 : n % 2 == 0 ? Math.sqrt(2) : 0;
        }
    };

    /** Element of A. */
    abstract double elementA(int n, int j);

    /** Element of B. */
    abstract double elementB(int n);

    /** A, (order, order). */
    public double[] a(int order) {
        double[] a = new double[order * order];
        for (int n = 0; n < order; n++) {
            for (int j = 0; j < order; j++) {
                a[n * order + j] = elementA(n, j);
            }
        }
        return a;
    }

    /** B, (order). */
    public double[] b(int order) {
        double[] b = new double[order];
        for (int n = 0; n < order; n++) {
            b[n] = elementB(n);
        }
        return b;
    }

    private static double root(int n) {
        return Math.sqrt(2 * n + 1);
    }
}
