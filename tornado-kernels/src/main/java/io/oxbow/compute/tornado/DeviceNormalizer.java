package io.oxbow.compute.tornado;

import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.RunningNormalizer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link RunningNormalizer}, a work-item a channel of a stream, and {@link Denormalizer}, a
 * work-item an element. Constants and rounding are the scalar reference's.
 */
final class DeviceNormalizer {

    private DeviceNormalizer() {}

    static DeviceOp normalizer(RunningNormalizer op) {
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("normalizer", op.in().width()),
                            DeviceNormalizer::standardise,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.values(op.mean()),
                            frame.values(op.deviation()),
                            frame.states(),
                            frame.counters(),
                            frame.keep(new double[] {op.limit(), op.minWeight(), Double.NaN}),
                            op.in().width(),
                            frame.rowFloats(),
                            op.moments().offset(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    static DeviceOp denormalizer(Denormalizer op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("denormalizer", op.in().width()),
                                DeviceNormalizer::restore,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.mean()),
                                frame.values(op.deviation()),
                                frame.values(op.out()),
                                frame.keep(new double[] {op.limit()}),
                                op.in().width());
    }

    /**
     * @param settings (3): limit, least weight, and not a number, which the device compiler cannot
     *     spell
     */
    static void standardise(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray meanOut,
            FloatArray deviationOut,
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
            int mu = slot * rowFloats + offset + c;
            int sigma = mu + channels;
            double limit = settings.get(0);
            double least = settings.get(1);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                long seen = before + (t - begin);
                double weight = DeviceFunctions.weightAfter(seen, least);
                double x = in.get(at);
                double mean = states.get(mu);
                double spread = states.get(sigma);
                double doubt = 1;
                if (seen == 0) {
                    mean = x;
                } else {
                    doubt = DeviceFunctions.weightAfter(seen - 1, least);
                }
                double floor = 1e-3 * TornadoMath.abs(mean) + 1e-12;
                double deviation = TornadoMath.sqrt(spread * spread + doubt * floor * floor);
                double delta = x - mean;
                if (seen >= 16) {
                    delta = DeviceFunctions.within(delta, 100 * deviation);
                }
                double near = DeviceFunctions.within((x - mean) / deviation, 1e9);
                double square = (near / limit) * (near / limit);
                double bent = near / TornadoMath.sqrt(TornadoMath.sqrt(1 + square * square));
                out.set(at, (float) bent);
                meanOut.set(at, (float) (seen == 0 ? settings.get(2) : mean));
                deviationOut.set(at, (float) DeviceFunctions.atMost(deviation, Float.MAX_VALUE));
                double variance = (1 - weight) * (spread * spread + weight * delta * delta);
                states.set(mu, (float) (mean + weight * delta));
                double next = TornadoMath.sqrt(variance);
                states.set(sigma, (float) DeviceFunctions.atMost(next, Float.MAX_VALUE));
            }
        }
    }

    /**
     * @param settings (1): limit
     */
    static void restore(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray mean,
            FloatArray deviation,
            FloatArray out,
            DoubleArray settings,
            int channels) {
        int item = context.globalIdx;
        if (item / channels < sizes.get(DeviceBatch.TOKENS)) {
            double limit = settings.get(0);
            double part = DeviceFunctions.within(in.get(item) / limit, 0.95);
            double square = part * part;
            double z = part * limit / TornadoMath.sqrt(TornadoMath.sqrt(1 - square * square));
            double x = mean.get(item) + deviation.get(item) * z;
            out.set(item, (float) DeviceFunctions.within(x, Float.MAX_VALUE));
        }
    }
}
