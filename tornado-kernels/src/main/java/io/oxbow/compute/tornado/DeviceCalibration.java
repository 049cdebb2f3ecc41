package io.oxbow.compute.tornado;

import io.oxbow.plan.SurpriseCalibration;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link SurpriseCalibration}: a work-item a stream, which walks the stream's tokens. Constants are
 * the scalar reference's.
 */
final class DeviceCalibration implements DeviceOp {
    private final SurpriseCalibration op;

    DeviceCalibration(SurpriseCalibration op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int levels = SurpriseCalibration.LEVELS.size();
        double[] probabilities = new double[2 * levels];
        for (int i = 0; i < levels; i++) {
            probabilities[i] = SurpriseCalibration.LEVELS.get(i);
            probabilities[levels + i] = StrictMath.log(probabilities[i]);
        }
        frame.graph()
                .task(
                        frame.perStream("calibration", 1),
                        DeviceCalibration::calibrate,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.in()),
                        frame.values(op.digits()),
                        frame.values(op.pValue()),
                        frame.states(),
                        frame.counters(),
                        frame.keep(probabilities),
                        frame.keep(
                                new double[] {
                                    op.minWeight(), op.warmUp(), Double.NaN, op.silent(), levels
                                }),
                        frame.rowFloats(),
                        op.quantiles().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
        frame.count(op.steps());
    }

    /**
     * @param levels (2, count): probabilities of exceeding a quantile, and their logarithms
     * @param settings (5): least weight, warm-up, not a number, which the device compiler cannot
     *     spell, silent tokens, and count
     */
    static void calibrate(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray digitsOut,
            FloatArray pValue,
            FloatArray states,
            LongArray counters,
            DoubleArray levels,
            DoubleArray settings,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int s = context.globalIdx;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int slot = slots.get(s);
            int quantiles = slot * rowFloats + offset;
            int count = (int) settings.get(4);
            int last = count - 1;
            double least = settings.get(0);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            int silent = (int) settings.get(3);
            for (int t = begin; t < end; t++) {
                if (before + (t - begin) < silent) {
                    double p = 1;
                    if (before + (t - begin) < settings.get(1)) {
                        p = settings.get(2);
                    }
                    digitsOut.set(t, 0);
                    pValue.set(t, (float) p);
                }
            }
            int first = begin;
            if (before < silent) {
                first = begin + silent - (int) before;
            }
            for (int t = first; t < end; t++) {
                long token = before + (t - begin);
                long seen = token - silent;
                double x = in.get(t);
                double excess = states.get(quantiles + count);
                double top = states.get(quantiles + last);

                double logP = levels.get(count + last) - (x - top) / excess;
                for (int i = last - 1; i >= 0; i--) {
                    double low = states.get(quantiles + i);
                    double high = states.get(quantiles + i + 1);
                    if (x <= high) {
                        double part = (x - low) / (high - low);
                        double from = levels.get(count + i);
                        logP = from + part * (levels.get(count + i + 1) - from);
                    }
                }
                double lowest = states.get(quantiles);
                if (x <= lowest) {
                    double part = 0;
                    if (lowest > 0) {
                        part = x / lowest;
                    }
                    part = DeviceFunctions.atLeast(part, 0);
                    logP = TornadoMath.log(1 - part * (1 - levels.get(0)));
                }
                double digits = -logP / DeviceFunctions.LN_10;
                if (seen > 0) {
                    double shown = TornadoMath.log((double) seen) / DeviceFunctions.LN_10;
                    if (digits > shown) {
                        digits = shown + 0.5 * (digits - shown);
                    }
                }
                digits = DeviceFunctions.atMost(digits, 30);
                double p = TornadoMath.exp(-digits * DeviceFunctions.LN_10);
                digitsOut.set(t, (float) digits);
                pValue.set(t, (float) (token < settings.get(1) ? settings.get(2) : p));

                double weight = DeviceFunctions.atLeast(4 / (seen + 400.0), least);
                double floor = 0;
                for (int i = 0; i <= last; i++) {
                    double quantile = states.get(quantiles + i);
                    double spacing = excess;
                    if (i < last) {
                        double span = levels.get(count + i) - levels.get(count + i + 1);
                        spacing = (states.get(quantiles + i + 1) - quantile) / span;
                    }
                    spacing = DeviceFunctions.atLeast(spacing, 0.02);
                    double level = levels.get(i);
                    double exceeded = x > quantile ? 1 : 0;
                    double kept = quantile + weight * spacing / level * (exceeded - level);
                    kept = DeviceFunctions.atLeast(kept, floor);
                    states.set(quantiles + i, (float) kept);
                    floor = kept + 0.002;
                }
                double beyond = x - top;
                if (beyond > 0) {
                    double level = levels.get(last);
                    double rate = DeviceFunctions.atLeast(4 / (level * seen + 80), least / level);
                    rate = DeviceFunctions.atMost(rate, 1);
                    double counted = DeviceFunctions.atMost(beyond, 5 * excess);
                    double learned = excess + rate * (counted - excess);
                    states.set(quantiles + count, (float) DeviceFunctions.atLeast(learned, 0.02));
                }
            }
        }
    }
}
