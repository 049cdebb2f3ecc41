package io.oxbow.compute.tornado;

import io.oxbow.compute.scalar.LegsDilation;
import io.oxbow.plan.LegsRecurrence;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link LegsRecurrence}: a work-item a channel of a stream, which walks the stream's tokens. A
 * coefficient is the sum of two floats in the state and a double in between.
 */
final class DeviceLegs implements DeviceOp {
    private final LegsRecurrence op;

    DeviceLegs(LegsRecurrence op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        if (op.rule() == LegsRecurrence.Rule.ZOH) {
            drawExact(frame);
        } else {
            drawImplicit(frame);
        }
        frame.count(op.steps());
    }

    private void drawImplicit(DeviceFrame frame) {
        frame.graph()
                .task(
                        frame.perStream("legs", op.in().width()),
                        DeviceLegs::implicit,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        frame.states(),
                        frame.counters(),
                        frame.keep(roots()),
                        op.in().width(),
                        op.order(),
                        op.rule() == LegsRecurrence.Rule.BILINEAR ? 1 : 0,
                        frame.rowFloats(),
                        op.memory().offset(),
                        op.memoryLow().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
    }

    private void drawExact(DeviceFrame frame) {
        LegsDilation dilation = new LegsDilation(op.order());
        frame.graph()
                .task(
                        frame.perStream("legsExact", op.in().width()),
                        DeviceLegs::exact,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        frame.states(),
                        frame.counters(),
                        frame.keep(roots()),
                        frame.keep(dilation.nodes()),
                        frame.keep(dilation.weights()),
                        frame.scratchDoubles((long) frame.maxStreams() * op.out().width()),
                        op.in().width(),
                        op.order(),
                        frame.rowFloats(),
                        op.memory().offset(),
                        op.memoryLow().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
    }

    /** (order): sqrt(2n + 1). */
    private double[] roots() {
        double[] roots = new double[op.order()];
        for (int n = 0; n < roots.length; n++) {
            roots[n] = Math.sqrt(2 * n + 1);
        }
        return roots;
    }

    /**
     * Trapezoidal or backward Euler, solved downwards for the change of each coefficient.
     *
     * @param bilinear 1 for trapezoidal, 0 for backward Euler
     */
    static void implicit(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray root,
            int channels,
            int order,
            int bilinear,
            int rowFloats,
            int highOffset,
            int lowOffset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int high = slot * rowFloats + highOffset + c * order;
            int low = slot * rowFloats + lowOffset + c * order;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            double blend = bilinear == 1 ? 0.5 : 1;
            for (int t = begin; t < end; t++) {
                double u = in.get(t * channels + c);
                long steps = before + (t - begin);
                double h = 1.0 / steps;
                double sumBefore = 0;
                double sumAfter = 0;
                for (int n = 0; n < order; n++) {
                    double m = (double) states.get(high + n) + states.get(low + n);
                    double next = n == 0 ? u : 0;
                    if (steps > 0) {
                        double seen = sumAfter;
                        if (bilinear == 1) {
                            seen = 0.5 * (sumBefore + sumAfter);
                        }
                        double change = h * (root.get(n) * (u - seen) - (n + 1) * m);
                        next = m + change / (1 + blend * h * (n + 1));
                    }
                    sumBefore += root.get(n) * m;
                    sumAfter += root.get(n) * next;
                    float kept = (float) next;
                    states.set(high + n, kept);
                    states.set(low + n, (float) (next - kept));
                    out.set((t * channels + c) * order + n, kept);
                }
            }
        }
    }

    /**
     * The exact step, as {@link LegsDilation} takes it; the Legendre polynomials are run up again
     * at every node instead of being kept.
     *
     * @param next (maxStreams, channels, order), scratch
     */
    static void exact(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray root,
            DoubleArray nodes,
            DoubleArray weights,
            DoubleArray next,
            int channels,
            int order,
            int rowFloats,
            int highOffset,
            int lowOffset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int high = slot * rowFloats + highOffset + c * order;
            int low = slot * rowFloats + lowOffset + c * order;
            int grow = item * order;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long seen = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                double u = in.get(t * channels + c);
                long steps = seen + (t - begin);
                if (steps == 0) {
                    for (int n = 0; n < order; n++) {
                        next.set(grow + n, n == 0 ? u : 0);
                    }
                } else {
                    double rho = steps / (steps + 1.0);
                    double y = 2 * rho - 1;
                    double before = 1;
                    double here = y;
                    next.set(grow, u / (steps + 1.0));
                    for (int n = 1; n < order; n++) {
                        double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
                        double tail = root.get(n) * 0.5 * (before - after) / (2 * n + 1);
                        next.set(grow + n, u * tail);
                        before = here;
                        here = after;
                    }
                    for (int i = 0; i < order; i++) {
                        y = 2 * nodes.get(i) - 1;
                        before = 0;
                        here = 1;
                        double f = 0;
                        for (int n = 0; n < order; n++) {
                            double m = (double) states.get(high + n) + states.get(low + n);
                            f += m * root.get(n) * here;
                            double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
                            before = here;
                            here = after;
                        }
                        double share = rho * weights.get(i) * f;
                        y = 2 * rho * nodes.get(i) - 1;
                        before = 0;
                        here = 1;
                        for (int n = 0; n < order; n++) {
                            next.set(grow + n, next.get(grow + n) + share * root.get(n) * here);
                            double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
                            before = here;
                            here = after;
                        }
                    }
                }
                for (int n = 0; n < order; n++) {
                    double m = next.get(grow + n);
                    float kept = (float) m;
                    states.set(high + n, kept);
                    states.set(low + n, (float) (m - kept));
                    out.set((t * channels + c) * order + n, kept);
                }
            }
        }
    }
}
