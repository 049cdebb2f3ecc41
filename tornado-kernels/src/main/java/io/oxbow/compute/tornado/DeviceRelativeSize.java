package io.oxbow.compute.tornado;

import io.oxbow.plan.RelativeSize;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link RelativeSize}: a work-item a channel of a stream, which walks the stream's tokens.
 * Constants are the scalar reference's.
 */
final class DeviceRelativeSize implements DeviceOp {
    private static final int SIZE_OF_AVERAGE = RelativeSize.Kind.SIZE_OF_AVERAGE.ordinal();
    private static final int PEAK = RelativeSize.Kind.PEAK.ordinal();

    private final RelativeSize op;

    DeviceRelativeSize(RelativeSize op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        frame.graph()
                .task(
                        frame.perStream("relative", op.in().width()),
                        DeviceRelativeSize::relate,
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
                                    op.limit(),
                                    2 / (op.length() + 1),
                                    StrictMath.exp(-1 / op.length()),
                                    op.minWeight(),
                                    op.warmUp()
                                }),
                        op.in().width(),
                        op.kind().ordinal(),
                        frame.rowFloats(),
                        op.sizes().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
        frame.count(op.steps());
    }

    /**
     * @param settings (5): largest size, weight of a running mean, decay of a peak, least weight,
     *     warm-up
     */
    static void relate(
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
            int kind,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int sizeAt = slot * rowFloats + offset + c;
            int meanAt = sizeAt + channels;
            int countedAt = meanAt + channels;
            double limit = settings.get(0);
            double least = settings.get(3);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                long seen = before + (t - begin);
                double gain = DeviceFunctions.weightAfter(seen, settings.get(1));
                double x = DeviceFunctions.within(in.get(at), limit);
                double last = states.get(sizeAt);
                double size = TornadoMath.abs(x);
                if (kind == SIZE_OF_AVERAGE) {
                    size = last + gain * (x - last);
                } else if (kind == PEAK) {
                    size = DeviceFunctions.atLeast(size, last * settings.get(2));
                }
                states.set(sizeAt, (float) size);
                size = TornadoMath.abs(size);

                double counted = states.get(countedAt);
                double mean = states.get(meanAt);
                double relative = size / (mean + 1e-3);
                if (size > 0 || counted > 0) {
                    double n = counted + 1;
                    double held = size;
                    if (counted >= 50 && held > 2 * mean) {
                        held = 2 * mean;
                    }
                    double rate = DeviceFunctions.atLeast(1 / n, least);
                    states.set(meanAt, (float) (mean + rate * (held - mean)));
                    states.set(countedAt, (float) DeviceFunctions.atMost(n, 1 / least));
                }
                if (seen < settings.get(4)) {
                    relative = 0;
                }
                out.set(at, (float) relative);
            }
        }
    }
}
