package io.oxbow.flink.summary;

import java.util.Arrays;

/**
 * The HiPPO-LegS recurrence: all of the past, from its beginning to now, as {@code order}
 * coefficients of Legendre polynomials stretched over it.
 *
 * <p>The coefficients are those of the least-squares fit to the whole past, at every moment, and
 * stay so exactly: their equation {@code dx/dt = (B u - A x) / t} is lower triangular, so what the
 * first {@code order} of them do does not depend on those left out. Over a time in which the input
 * {@code u} is constant, the past so far shrinks to a share {@code s} of the new whole; its part is
 * {@code x'_n = (2n + 1) s * integral of p(z) P_n(2sz - 1) dz} over [0, 1], a polynomial of degree
 * below {@code 2 order} that Gauss-Legendre quadrature of {@code order} points integrates exactly.
 * A constant input has the resting state {@code (u, 0, .., 0)}, whose difference alone is carried
 * on.
 *
 * <p>Everything is computed in f64 in a fixed order: the same steps give the same bits on every
 * machine. Holds scratch space: one per thread. Source: Gu et al., "HiPPO: Recurrent Memory with
 * Optimal Polynomial Projections", NeurIPS 2020, theorem 2.
 */
final class LegendreHistory {
    private final int order;

    /** Nodes of the quadrature in [0, 1]. */
    private final double[] node;

    /** Weights of the quadrature, which sum to 1. */
    private final double[] weight;

    /** (order, order): the polynomials at the nodes, node by node. */
    private final double[] atNodes;

    private final double[] basis;
    private final double[] next;
    private final double[] atStart;
    private final double[] atEnd;

    LegendreHistory(int order) {
        this.order = order;
        this.node = new double[order];
        this.weight = new double[order];
        this.atNodes = new double[order * order];
        this.basis = new double[order];
        this.next = new double[order];
        this.atStart = new double[order + 1];
        this.atEnd = new double[order + 1];
        for (int i = 0; i < order; i++) {
            double x = root(i);
            node[i] = (1 + x) / 2;
            polynomials(x, basis, order);
            System.arraycopy(basis, 0, atNodes, i * order, order);
            double slope = slope(x);
            weight[i] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    int order() {
        return order;
    }

    /**
     * Goes on from {@code state} (order), which holds {@code before} time units, by {@code more}
     * units of constant input {@code u}.
     */
    void advance(double[] state, double u, double before, double more) {
        if (before == 0) {
            Arrays.fill(state, 0);
            state[0] = u;
            return;
        }
        double share = before / (before + more);
        Arrays.fill(next, 0);
        state[0] -= u;
        for (int i = 0; i < order; i++) {
            double value = 0;
            for (int n = 0; n < order; n++) {
                value += atNodes[i * order + n] * state[n];
            }
            polynomials(2 * share * node[i] - 1, basis, order);
            double factor = weight[i] * value;
            for (int n = 0; n < order; n++) {
                next[n] += factor * basis[n];
            }
        }
        for (int n = 0; n < order; n++) {
            state[n] = (2 * n + 1) * share * next[n];
        }
        state[0] += u;
    }

    /**
     * Fills {@code target} (order or more) so that its dot product with a state is the curve at
     * {@code position} of the past, 0 being its beginning and 1 now.
     */
    void basisAt(double position, double[] target) {
        polynomials(2 * position - 1, target, order);
    }

    /**
     * Fills {@code target} (order or more) so that its dot product with a state is the mean of the
     * curve over a part of the past, positions as in {@link #basisAt}. Near its ends a fit moves
     * much within one step, so that a value in the middle would not do. From {@code (2n + 1) P_n =
     * P'_(n+1) - P'_(n-1)}.
     */
    void basisOver(double from, double to, double[] target) {
        double start = 2 * from - 1;
        double end = 2 * to - 1;
        polynomials(start, atStart, order + 1);
        polynomials(end, atEnd, order + 1);
        target[0] = 1;
        for (int n = 1; n < order; n++) {
            double atLast = atEnd[n + 1] - atEnd[n - 1];
            double atFirst = atStart[n + 1] - atStart[n - 1];
            target[n] = (atLast - atFirst) / ((2 * n + 1) * (end - start));
        }
    }

    /** Mean square of the curve that a state holds, over all of the past (Parseval). */
    static double meanSquare(double[] state) {
        double sum = 0;
        for (int n = 0; n < state.length; n++) {
            sum += state[n] * state[n] / (2 * n + 1);
        }
        return sum;
    }

    private static void polynomials(double x, double[] target, int count) {
        target[0] = 1;
        if (count > 1) {
            target[1] = x;
        }
        for (int n = 2; n < count; n++) {
            target[n] = ((2 * n - 1) * x * target[n - 1] - (n - 1) * target[n - 2]) / n;
        }
    }

    /** The i-th root of the polynomial of degree {@code order}, by Newton's method. */
    private double root(int i) {
        double x = StrictMath.cos(Math.PI * (i + 0.75) / (order + 0.5));
        for (int iteration = 0; iteration < 100; iteration++) {
            double step = value(x) / slope(x);
            x -= step;
            if (Math.abs(step) < 1e-16) {
                break;
            }
        }
        return x;
    }

    private double value(double x) {
        double before = 1;
        double value = x;
        for (int n = 2; n <= order; n++) {
            double following = ((2 * n - 1) * x * value - (n - 1) * before) / n;
            before = value;
            value = following;
        }
        return value;
    }

    private double slope(double x) {
        double before = 1;
        double value = x;
        for (int n = 2; n <= order; n++) {
            double following = ((2 * n - 1) * x * value - (n - 1) * before) / n;
            before = value;
            value = following;
        }
        return order * (x * value - before) / (x * x - 1);
    }
}
