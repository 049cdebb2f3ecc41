package io.oxbow.compute.tornado;

import io.oxbow.plan.AverageContrast;
import io.oxbow.plan.LagWindow;
import io.oxbow.plan.RunningMean;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link RunningMean}, {@link AverageContrast} and {@link LagWindow}: a work-item a channel of a
 * stream, which walks the stream's tokens.
 */
final class DeviceAverages {

    private DeviceAverages() {}

    static DeviceOp runningMean(RunningMean op) {
        return frame -> {
            frame.graph()
                    .task(
                            frame.perStream("runningMean", op.in().width()),
                            DeviceAverages::runningMean,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.counters(),
                            op.in().width(),
                            frame.rowFloats(),
                            op.mean().offset(),
                            op.meanLow().offset(),
                            frame.rowLongs(),
                            op.steps().offset());
            frame.count(op.steps());
        };
    }

    static DeviceOp contrast(AverageContrast op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perStream("averageContrast", op.in().width()),
                                DeviceAverages::contrast,
                                frame.context(),
                                frame.sizes(),
                                frame.offsets(),
                                frame.slots(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.states(),
                                frame.keep(new double[] {2 / (op.fast() + 1), 2 / (op.slow() + 1)}),
                                op.in().width(),
                                frame.rowFloats(),
                                op.averages().offset());
    }

    static DeviceOp lags(LagWindow op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perStream("lagWindow", op.in().width()),
                                DeviceAverages::lags,
                                frame.context(),
                                frame.sizes(),
                                frame.offsets(),
                                frame.slots(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.states(),
                                op.in().width(),
                                op.lags(),
                                frame.rowFloats(),
                                op.past().offset());
    }

    static void runningMean(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            int width,
            int rowFloats,
            int highOffset,
            int lowOffset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / width;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int i = item - s * width;
            int slot = slots.get(s);
            int high = slot * rowFloats + highOffset + i;
            int low = slot * rowFloats + lowOffset + i;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                long steps = before + (t - begin) + 1;
                double mean = (double) states.get(high) + states.get(low);
                mean += (in.get(t * width + i) - mean) / steps;
                float kept = (float) mean;
                states.set(high, kept);
                states.set(low, (float) (mean - kept));
                out.set(t * width + i, kept);
            }
        }
    }

    /**
     * @param weights (2): of the fast and of the slow average
     */
    static void contrast(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            DoubleArray weights,
            int channels,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int fast = slots.get(s) * rowFloats + offset + c;
            int slow = fast + channels;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double x = in.get(t * channels + c);
                double f = states.get(fast);
                f += weights.get(0) * (x - f);
                double l = states.get(slow);
                l += weights.get(1) * (x - l);
                states.set(fast, (float) f);
                states.set(slow, (float) l);
                out.set(t * channels + c, (float) (f - l));
            }
        }
    }

    static void lags(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            int channels,
            int lags,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int past = slots.get(s) * rowFloats + offset + c * lags;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                int at = (t * channels + c) * lags;
                float newer = in.get(t * channels + c);
                for (int lag = 0; lag < lags; lag++) {
                    float older = states.get(past + lag);
                    states.set(past + lag, newer);
                    out.set(at + lag, newer);
                    newer = older;
                }
            }
        }
    }
}
