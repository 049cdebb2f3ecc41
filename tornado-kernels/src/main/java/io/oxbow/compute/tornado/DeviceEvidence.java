package io.oxbow.compute.tornado;

import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.TailEvidence;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link ExtremesEvidence} and {@link TailEvidence}: a work-item a channel of a stream, which walks
 * the stream's tokens. Constants are the scalar reference's.
 */
final class DeviceEvidence {
    private DeviceEvidence() {}

    static DeviceOp extremes(ExtremesEvidence op) {
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("extremes", op.in().width()),
                            DeviceEvidence::extremes,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.counters(),
                            frame.keep(new double[] {op.warmUp(), op.cap()}),
                            op.in().width(),
                            frame.rowFloats(),
                            op.extremes().offset(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    static DeviceOp tail(TailEvidence op) {
        double digitsAtLevel = -StrictMath.log10(op.level());
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("tail", op.in().width()),
                            DeviceEvidence::tail,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.counters(),
                            frame.keep(
                                    new double[] {
                                        op.level(),
                                        op.minWeight(),
                                        op.warmUp(),
                                        op.cap(),
                                        digitsAtLevel,
                                        StrictMath.log(0.5)
                                    }),
                            op.in().width(),
                            frame.rowFloats(),
                            op.tail().offset(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    /**
     * @param settings (2): warm-up, cap
     */
    static void extremes(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray settings,
            int channels,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int lowAt = slot * rowFloats + offset + c;
            int highAt = lowAt + channels;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                float x = in.get(at);
                long seen = before + (t - begin);
                double evidence = 0;
                if (seen == 0) {
                    states.set(lowAt, x);
                    states.set(highAt, x);
                } else {
                    double low = states.get(lowAt);
                    double high = states.get(highAt);
                    double beyond = x - high;
                    if (low - x > beyond) {
                        beyond = low - x;
                    }
                    if (!(beyond <= 0)) {
                        double largest =
                                DeviceFunctions.atLeast(
                                        TornadoMath.abs(low), TornadoMath.abs(high));
                        double range = DeviceFunctions.atLeast(1e-6 * largest + 1e-12, high - low);
                        double move = beyond;
                        if (seen >= settings.get(0)) {
                            if (beyond > range) {
                                move = range;
                            }
                            double rank = TornadoMath.log(0.5 * (seen + 1)) / DeviceFunctions.LN_10;
                            evidence = 2 * TornadoMath.log(1 + 50 * beyond / range);
                            evidence = DeviceFunctions.atMost(evidence, rank);
                            evidence = DeviceFunctions.atMost(evidence, settings.get(1));
                        }
                        if (x > high) {
                            double next = DeviceFunctions.within(high + move, Float.MAX_VALUE);
                            states.set(highAt, (float) next);
                        } else {
                            double next = DeviceFunctions.within(low - move, Float.MAX_VALUE);
                            states.set(lowAt, (float) next);
                        }
                    }
                }
                out.set(at, (float) evidence);
            }
        }
    }

    /**
     * @param settings (6): level, least weight, warm-up, cap, digits at the level, lowest quantile
     */
    static void tail(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray settings,
            int channels,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int quantileAt = slot * rowFloats + offset + c;
            int excessAt = quantileAt + channels;
            double level = settings.get(0);
            double least = settings.get(1);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                long seen = before + (t - begin);
                double size = DeviceFunctions.atLeast(TornadoMath.abs((double) in.get(at)), 1e-6);
                double quantile = states.get(quantileAt);
                double excess = states.get(excessAt);
                double above = TornadoMath.log(size) - quantile;
                double weight = DeviceFunctions.atLeast(2.0 / (seen + 40), least);
                double exceeded = above > 0 ? 1 : 0;
                double moved = quantile + weight * excess / level * (exceeded - level);
                states.set(quantileAt, (float) DeviceFunctions.atLeast(moved, settings.get(5)));
                double digits = settings.get(4);
                if (above <= 0) {
                    digits = digits / (1 - 2 * above);
                } else {
                    double rate = DeviceFunctions.atLeast(2 / (level * seen + 10), least / level);
                    rate = DeviceFunctions.atMost(rate, 1);
                    double counted = DeviceFunctions.atMost(above, 10 * excess);
                    double learned = excess + rate * (counted - excess);
                    states.set(excessAt, (float) DeviceFunctions.atLeast(learned, 0.05));
                    digits += above / (excess * DeviceFunctions.LN_10);
                }
                digits = DeviceFunctions.atMost(digits, settings.get(3));
                if (seen < settings.get(2)) {
                    digits = 0;
                }
                out.set(at, (float) digits);
            }
        }
    }
}
