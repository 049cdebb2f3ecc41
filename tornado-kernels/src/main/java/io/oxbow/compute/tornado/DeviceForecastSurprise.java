package io.oxbow.compute.tornado;

import io.oxbow.plan.ForecastSurprise;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link ForecastSurprise}: a work-item a channel of a stream, which walks the stream's tokens.
 * Constants are the scalar reference's.
 */
final class DeviceForecastSurprise implements DeviceOp {
    private final ForecastSurprise op;

    DeviceForecastSurprise(ForecastSurprise op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        frame.graph()
                .task(
                        frame.perStream("surprise", op.in().width()),
                        DeviceForecastSurprise::surprise,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.in()),
                        frame.values(op.forecast()),
                        frame.values(op.deviation()),
                        frame.values(op.out()),
                        frame.states(),
                        frame.counters(),
                        frame.keep(new double[] {op.huber(), op.minWeight()}),
                        frame.keep(
                                new int[] {
                                    frame.rowFloats(),
                                    op.scale().offset(),
                                    frame.rowLongs(),
                                    op.steps().offset()
                                }),
                        op.in().width());
        frame.count(op.steps());
    }

    /**
     * @param settings (2): bound of an error in scales, least weight
     * @param places (4): floats of a row; scales; longs of a row; steps
     */
    static void surprise(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray forecast,
            FloatArray deviation,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            DoubleArray settings,
            IntArray places,
            int channels) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int scaleAt = slot * places.get(0) + places.get(1) + c;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * places.get(2) + places.get(3));
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                long seen = before + (t - begin);
                double weight = DeviceFunctions.weightAfter(seen, settings.get(1));
                double value = in.get(at);
                double error = (value - forecast.get(at)) / deviation.get(at);
                float found = 0;
                if (error == error) {
                    double last = states.get(scaleAt);
                    double scale = DeviceFunctions.atLeast(last, 0.01);
                    double bounded = DeviceFunctions.within(error, settings.get(0) * scale);
                    double square = last * last;
                    square = square + weight * (bounded * bounded - square);
                    states.set(scaleAt, (float) TornadoMath.sqrt(square));
                    found = (float) (DeviceFunctions.within(error, 1e9) / scale);
                }
                out.set(at, found);
            }
        }
    }
}
