package io.oxbow.arch.hippo;

import io.oxbow.arch.Matrix;

/**
 * A linear time-invariant system {@code dm/dt = A m + B u} taken in steps of {@code dt}.
 *
 * @param a (order, order)
 * @param b (order)
 */
record Discretised(double[] a, double[] b) {

    /** The ways to take a step. */
    enum Rule {
        /** Trapezoidal. */
        BILINEAR {
            @Override
            Discretised of(double[] a, double[] b, double dt) {
                return implicit(a, b, dt, 0.5);
            }
        },
        /** Backward Euler. */
        BACKWARD {
            @Override
            Discretised of(double[] a, double[] b, double dt) {
                return implicit(a, b, dt, 1);
            }
        },
        /** Exact for an input that is constant over the step. */
        ZOH {
            @Override
            Discretised of(double[] a, double[] b, double dt) {
                return exact(a, b, dt);
            }
        };

        abstract Discretised of(double[] a, double[] b, double dt);
    }

    /** {@code (I - alpha dt A) m' = (I + (1 - alpha) dt A) m + dt B u}. */
    private static Discretised implicit(double[] a, double[] b, double dt, double alpha) {
        int n = b.length;
        double[] left = Matrix.add(Matrix.identity(n), a, -alpha * dt);
        double[] right = Matrix.add(Matrix.identity(n), a, (1 - alpha) * dt);
        double[] input = Matrix.add(new double[n], b, dt);
        return new Discretised(Matrix.solve(left, right, n, n), Matrix.solve(left, input, n, 1));
    }

    /** From {@code exp(dt [A B; 0 0]) = [dA dB; 0 1]}, which needs no inverse of A. */
    private static Discretised exact(double[] a, double[] b, double dt) {
        int n = b.length;
        double[] augmented = new double[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                augmented[i * (n + 1) + j] = dt * a[i * n + j];
            }
            augmented[i * (n + 1) + n] = dt * b[i];
        }
        double[] exponential = Matrix.exponential(augmented, n + 1);
        double[] dA = new double[n * n];
        double[] dB = new double[n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(exponential, i * (n + 1), dA, i * n, n);
            dB[i] = exponential[i * (n + 1) + n];
        }
        return new Discretised(dA, dB);
    }
}
