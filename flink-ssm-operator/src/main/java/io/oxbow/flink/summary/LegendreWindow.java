package io.oxbow.flink.summary;

import io.oxbow.arch.Matrix;
import java.util.Arrays;

/**
 * The HiPPO-LegT (Legendre Delay Network) recurrence over a sliding window of a fixed number of
 * steps: a curve of any detail becomes {@code order} coefficients.
 *
 * <p>Input is held constant over a step, for which the discretisation {@code exp(A dt)} is exact. A
 * constant input {@code u} has the resting state {@code (u, 0, .., 0)}, so one step is {@code x' =
 * r + P (x - r)} with {@code r} that rest, and {@code k} steps of the same input are the same with
 * {@code P^k}; powers of two of {@code P} are kept, so that a gap costs its logarithm.
 *
 * <p>Everything is computed in f64 by additions and multiplications in a fixed order: the same
 * steps give the same bits on every machine. Holds scratch space: one per thread. Source: Voelker,
 * Kajic, Eliasmith, "Legendre Memory Units", NeurIPS 2019, equations 5 to 7; Gu et al., "HiPPO",
 * NeurIPS 2020.
 */
final class LegendreWindow {
    /**
     * Differences from rest below this become none: far below what a curve can show, and far above
     * the subnormal numbers, which processors add a hundred times slower.
     */
    private static final double NOTHING = 1e-30;

    private final int order;
    private final int steps;

    /** {@code powers[j]} is {@code P^(2^j)}, (order, order), column-major. */
    private final double[][] powers;

    private final double[] scratch;

    LegendreWindow(int order, int steps) {
        this.order = order;
        this.steps = steps;
        this.scratch = new double[order];
        int squarings = 32 - Integer.numberOfLeadingZeros(steps);
        powers = new double[squarings][];
        double[] none = new double[order * order];
        double[] power = Matrix.exponential(Matrix.add(none, generator(order), 1.0 / steps), order);
        for (int j = 0; j < squarings; j++) {
            powers[j] = Matrix.transpose(power, order);
            power = Matrix.multiply(power, power, order, order);
        }
    }

    int order() {
        return order;
    }

    /** Steps in the window. */
    int steps() {
        return steps;
    }

    /**
     * Advances {@code state} (order) by {@code count} steps of input {@code u}. As many steps as
     * the window holds forget all before them.
     */
    void advance(double[] state, double u, long count) {
        if (count >= steps) {
            Arrays.fill(state, 0);
            state[0] = u;
            return;
        }
        state[0] -= u;
        for (int j = 0, rest = (int) count; rest != 0; j++, rest >>>= 1) {
            if ((rest & 1) != 0) {
                multiply(powers[j], state);
            }
        }
        state[0] += u;
    }

    /**
     * Fills {@code basis} (order) so that its dot product with a state is the curve at {@code
     * stepsAgo} steps before the state's end, in [0, steps].
     */
    void basisAt(double stepsAgo, double[] basis) {
        double x = 2 * stepsAgo / steps - 1;
        basis[0] = 1;
        if (order > 1) {
            basis[1] = x;
        }
        for (int n = 2; n < order; n++) {
            basis[n] = ((2 * n - 1) * x * basis[n - 1] - (n - 1) * basis[n - 2]) / n;
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Column by column, which the compiler turns into SIMD without changing a sum's order. */
    private void multiply(double[] matrix, double[] state) {
        int n = order;
        double[] result = scratch;
        Arrays.fill(result, 0);
        for (int k = 0, column = 0; k < n; k++, column += n) {
            double factor = state[k];
            if (Math.abs(factor) < NOTHING) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                result[i] += matrix[column + i] * factor;
            }
        }
        System.arraycopy(result, 0, state, 0, n);
    }

    /** The continuous-time matrix A for a window of length 1. */
    private static double[] generator(int n) {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double sign = i < k || (i - k) % 2 == 0 ? -1 : 1;
                a[i * n + k] = (2 * i + 1) * sign;
            }
        }
        return a;
    }
}
