package io.oxbow.compute.tornado;

import io.oxbow.plan.DensityEvidence;
import io.oxbow.plan.FlatlineEvidence;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link FlatlineEvidence} and {@link DensityEvidence}: a work-item a channel of a stream, which
 * walks the stream's tokens. Constants are the scalar reference's.
 */
final class DeviceCoarseEvidence {
    private static final int MOST_DOUBLINGS = 256;

    private DeviceCoarseEvidence() {}

    static DeviceOp flatline(FlatlineEvidence op) {
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("flatline", op.in().width()),
                            DeviceCoarseEvidence::flatline,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.counters(),
                            frame.keep(new double[] {op.minWeight(), op.warmUp(), op.cap()}),
                            op.in().width(),
                            frame.rowFloats(),
                            op.runs().offset(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    static DeviceOp density(DensityEvidence op) {
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("density", op.in().width()),
                            DeviceCoarseEvidence::density,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.counters(),
                            frame.keep(new double[] {op.minWeight(), op.warmUp(), op.cap()}),
                            frame.keep(
                                    new int[] {
                                        op.in().width(),
                                        op.bins(),
                                        op.bounds().offset(),
                                        op.counts().offset()
                                    }),
                            frame.rowFloats(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    /**
     * @param settings (3): least weight, warm-up, cap
     */
    static void flatline(
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
            int lastAt = slot * rowFloats + offset + c;
            int repeatsAt = lastAt + channels;
            int runAt = repeatsAt + channels;
            int longestAt = runAt + channels;
            double least = settings.get(0);
            double remembered = 1 / least;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                float x = in.get(at);
                long seen = before + (t - begin);
                double digits = 0;
                if (seen > 0) {
                    double n = DeviceFunctions.atMost(seen - 1, remembered);
                    double repeats = states.get(repeatsAt);
                    double kept = repeats;
                    if (seen - 1 >= remembered) {
                        kept = repeats * (1 - least);
                    }
                    if (x == states.get(lastAt)) {
                        double likely = (repeats + 1) / (n + 2);
                        double run =
                                states.get(runAt) - TornadoMath.log(likely) / DeviceFunctions.LN_10;
                        states.set(runAt, (float) run);
                        digits = DeviceFunctions.atLeast(run - states.get(longestAt), 0);
                        kept += 1;
                    } else {
                        float run = states.get(runAt);
                        if (run > states.get(longestAt)) {
                            states.set(longestAt, run);
                        }
                        states.set(runAt, 0);
                    }
                    states.set(repeatsAt, (float) kept);
                }
                digits = DeviceFunctions.atMost(digits, settings.get(2));
                if (seen < settings.get(1)) {
                    digits = 0;
                }
                states.set(lastAt, x);
                out.set(at, (float) digits);
            }
        }
    }

    /**
     * @param settings (3): least weight, warm-up, cap
     * @param shape (4): channels, bins, where the bounds and where the counts begin in a row
     */
    static void density(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray settings,
            IntArray shape,
            int rowFloats,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int channels = shape.get(0);
        int bins = shape.get(1);
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int lowAt = slot * rowFloats + shape.get(2) + c;
            int widthAt = lowAt + channels;
            int counts = slot * rowFloats + shape.get(3) + c * bins;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                float x = in.get(at);
                long seen = before + (t - begin);
                if (seen == 0) {
                    float width = 1e-6f * TornadoMath.abs(x) + 1e-12f;
                    states.set(widthAt, width);
                    states.set(lowAt, x - 0.5f * bins * width);
                }
                int doublings = 1;
                if (seen < settings.get(1)) {
                    doublings = MOST_DOUBLINGS;
                }
                int bin = bin(states.get(lowAt), states.get(widthAt), x, bins);
                for (int i = 0; i < doublings; i++) {
                    if (outside(bin, bins) > 0) {
                        widen(states, lowAt, widthAt, counts, bins, bin < 0 ? 1 : 0);
                        bin = bin(states.get(lowAt), states.get(widthAt), x, bins);
                    }
                }
                double digits = 0;
                if (outside(bin, bins) < 0) {
                    float n = 0;
                    for (int i = 0; i < bins; i++) {
                        n += states.get(counts + i);
                    }
                    double likely = (states.get(counts + bin) + 1.0) / (n + 2.0);
                    digits = -TornadoMath.log(likely) / DeviceFunctions.LN_10;
                    if (n >= (float) (2 / settings.get(0))) {
                        for (int i = 0; i < bins; i++) {
                            states.set(counts + i, states.get(counts + i) * 0.5f);
                        }
                    }
                    states.set(counts + bin, states.get(counts + bin) + 1);
                }
                digits = DeviceFunctions.atMost(digits, settings.get(2));
                if (seen < settings.get(1)) {
                    digits = 0;
                }
                out.set(at, (float) digits);
            }
        }
    }

    private static int bin(double low, double width, double x, int bins) {
        double bin = TornadoMath.floor((x - low) / width);
        return (int) DeviceFunctions.atLeast(DeviceFunctions.atMost(bin, bins), -1);
    }

    /**
     * Positive if {@code bin} is none of those from 0 to {@code bins - 1}, else negative: one
     * number, because TornadoVM's compiler loses its way where a loop asks two things at once.
     */
    private static int outside(int bin, int bins) {
        return TornadoMath.abs(2 * bin + 1 - bins) - bins;
    }

    /** Doubles the bins' width; the new half lies below where {@code down} is 1, else above. */
    private static void widen(
            FloatArray states, int lowAt, int widthAt, int counts, int bins, int down) {
        double width = states.get(widthAt);
        if (width <= 1e36f) {
            int half = bins / 2;
            for (int i = 0; i < half; i++) {
                float pair = states.get(counts + 2 * i) + states.get(counts + 2 * i + 1);
                states.set(counts + i, pair);
            }
            if (down == 1) {
                for (int i = 0; i < half; i++) {
                    states.set(counts + half + i, states.get(counts + i));
                    states.set(counts + i, 0);
                }
                double low = states.get(lowAt) - bins * width;
                states.set(lowAt, (float) DeviceFunctions.atLeast(low, -Float.MAX_VALUE));
            } else {
                for (int i = half; i < bins; i++) {
                    states.set(counts + i, 0);
                }
            }
            states.set(widthAt, (float) (2 * width));
        }
    }
}
