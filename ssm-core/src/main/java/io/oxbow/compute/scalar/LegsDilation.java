package io.oxbow.compute.scalar;

/**
 * One exact step of HiPPO-LegS: what {@code expm(A log((k+1)/k))} does, without the matrix.
 *
 * <p>The memory is a Legendre series of the past, on [0, 1]. A step squeezes that past to [0, rho],
 * rho = k / (k + 1), appends the input on the rest, and projects again. The squeezed series is a
 * polynomial, so Gauss-Legendre quadrature with {@code order} nodes projects it exactly:
 *
 * <pre>
 * m'_n = sqrt(2n+1) ( rho sum_i w_i f(x_i) P_n(2 rho x_i - 1)  +  u integral_rho^1 P_n(2x - 1) dx )
 * </pre>
 *
 * Not thread-safe.
 */
public final class LegsDilation {
    private static final int NEWTON_STEPS = 100;

    private final int order;
    private final double[] root;
    private final double[] nodes;
    private final double[] weights;

    /** (nodes, order): sqrt(2n+1) P_n at the nodes, for f. */
    private final double[] basis;

    /** (nodes, order): sqrt(2n+1) P_n at the squeezed nodes. */
    private final double[] squeezed;

    /** (order): projection of an input of one on [rho, 1]. */
    private final double[] tail;

    private final double[] next;
    private double rho;

    public LegsDilation(int order) {
        this.order = order;
        this.root = new double[order];
        for (int n = 0; n < order; n++) {
            root[n] = Math.sqrt(2 * n + 1);
        }
        this.nodes = new double[order];
        this.weights = new double[order];
        gaussLegendre();
        this.basis = new double[order * order];
        this.squeezed = new double[order * order];
        this.tail = new double[order];
        this.next = new double[order];
        fill(basis, 1);
    }

    /** (order): the quadrature's nodes, in (0, 1). */
    public double[] nodes() {
        return nodes.clone();
    }

    /** (order): the quadrature's weights. */
    public double[] weights() {
        return weights.clone();
    }

    /** Sets the step from {@code steps} tokens to one more. */
    void prepare(long steps) {
        rho = steps / (steps + 1.0);
        fill(squeezed, rho);
        double y = 2 * rho - 1;
        double before = 1;
        double here = y;
        tail[0] = 1 / (steps + 1.0);
        for (int n = 1; n < order; n++) {
            double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
            tail[n] = root[n] * 0.5 * (before - after) / (2 * n + 1);
            before = here;
            here = after;
        }
    }

    /** Takes the prepared step. */
    void advance(double[] memory, double u) {
        for (int n = 0; n < order; n++) {
            next[n] = u * tail[n];
        }
        for (int i = 0; i < order; i++) {
            double f = 0;
            for (int n = 0; n < order; n++) {
                f += memory[n] * basis[i * order + n];
            }
            double share = rho * weights[i] * f;
            for (int n = 0; n < order; n++) {
                next[n] += share * squeezed[i * order + n];
            }
        }
        System.arraycopy(next, 0, memory, 0, order);
    }

    /** sqrt(2n+1) P_n(2 scale x_i - 1) for all nodes and orders. */
    private void fill(double[] values, double scale) {
        for (int i = 0; i < order; i++) {
            double y = 2 * scale * nodes[i] - 1;
            double before = 0;
            double here = 1;
            for (int n = 0; n < order; n++) {
                values[i * order + n] = root[n] * here;
                double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
                before = here;
                here = after;
            }
        }
    }

    /** Nodes and weights on [0, 1]: Newton's method on P_order. */
    private void gaussLegendre() {
        for (int i = 0; i < order; i++) {
            double y = Math.cos(Math.PI * (i + 0.75) / (order + 0.5));
            double slope = 1;
            for (int step = 0; step < NEWTON_STEPS; step++) {
                double before = 0;
                double here = 1;
                for (int n = 0; n < order; n++) {
                    double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
                    before = here;
                    here = after;
                }
                slope = order * (y * here - before) / (y * y - 1);
                double change = here / slope;
                y -= change;
                if (Math.abs(change) < 1e-16) {
                    break;
                }
            }
            nodes[i] = 0.5 * (1 + y);
            weights[i] = 1 / ((1 - y * y) * slope * slope);
        }
    }
}
