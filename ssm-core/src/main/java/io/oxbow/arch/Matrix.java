package io.oxbow.arch;

/**
 * Dense linear algebra in double for what happens once, at load. Matrices are row-major, square.
 */
public final class Matrix {
    /** Terms of the Taylor series of the exponential: exact to double for a norm up to 1/2. */
    private static final int TAYLOR_TERMS = 16;

    private Matrix() {}

    public static double[] identity(int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            result[i * n + i] = 1;
        }
        return result;
    }

    /** {@code a + scale b}. */
    public static double[] add(double[] a, double[] b, double scale) {
        double[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += scale * b[i];
        }
        return result;
    }

    /** {@code a b}, with b of {@code columns} columns. */
    public static double[] multiply(double[] a, double[] b, int n, int columns) {
        double[] result = new double[n * columns];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i * n + k];
                if (factor != 0) {
                    for (int j = 0; j < columns; j++) {
                        result[i * columns + j] += factor * b[k * columns + j];
                    }
                }
            }
        }
        return result;
    }

    public static double[] transpose(double[] a, int n) {
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[j * n + i] = a[i * n + j];
            }
        }
        return result;
    }

    /**
     * The x of {@code a x = b}, with b of {@code columns} columns, by elimination with row pivots.
     *
     * @throws ArithmeticException if {@code a} is singular
     */
    public static double[] solve(double[] a, double[] b, int n, int columns) {
        double[] lhs = a.clone();
        double[] rhs = b.clone();
        for (int p = 0; p < n; p++) {
            int pivot = p;
            for (int i = p + 1; i < n; i++) {
                if (Math.abs(lhs[i * n + p]) > Math.abs(lhs[pivot * n + p])) {
                    pivot = i;
                }
            }
            if (!(Math.abs(lhs[pivot * n + p]) > 0)) {
                throw new ArithmeticException("the matrix is singular");
            }
            swapRows(lhs, p, pivot, n);
            swapRows(rhs, p, pivot, columns);
            for (int i = p + 1; i < n; i++) {
                double factor = lhs[i * n + p] / lhs[p * n + p];
                if (factor != 0) {
                    subtractRow(lhs, i, p, factor, n);
                    subtractRow(rhs, i, p, factor, columns);
                }
            }
        }
        for (int p = n - 1; p >= 0; p--) {
            for (int j = 0; j < columns; j++) {
                rhs[p * columns + j] /= lhs[p * n + p];
            }
            for (int i = 0; i < p; i++) {
                subtractRow(rhs, i, p, lhs[i * n + p], columns);
            }
        }
        return rhs;
    }

    /** {@code a^power} by repeated squaring. */
    public static double[] power(double[] a, long power, int n) {
        double[] result = identity(n);
        double[] square = a;
        for (long left = power; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = multiply(result, square, n, n);
            }
            if (left > 1) {
                square = multiply(square, square, n, n);
            }
        }
        return result;
    }

    /** {@code e^a} by scaling and squaring. */
    public static double[] exponential(double[] a, int n) {
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += Math.abs(a[i * n + j]);
            }
            norm = Math.max(norm, row);
        }
        int halvings = norm > 0.5 ? Math.max(0, Math.getExponent(norm) + 2) : 0;
        double[] scaled = add(new double[n * n], a, Math.scalb(1.0, -halvings));
        double[] sum = identity(n);
        for (int term = TAYLOR_TERMS; term > 0; term--) {
            sum = add(identity(n), multiply(scaled, sum, n, n), 1.0 / term);
        }
        for (int i = 0; i < halvings; i++) {
            sum = multiply(sum, sum, n, n);
        }
        return sum;
    }

    private static void swapRows(double[] a, int i, int j, int columns) {
        for (int c = 0; c < columns; c++) {
            double held = a[i * columns + c];
            a[i * columns + c] = a[j * columns + c];
            a[j * columns + c] = held;
        }
    }

    private static void subtractRow(double[] a, int from, int what, double factor, int columns) {
        for (int c = 0; c < columns; c++) {
            a[from * columns + c] -= factor * a[what * columns + c];
        }
    }
}
