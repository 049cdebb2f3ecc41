package io.oxbow.compute.tornado;

import io.oxbow.plan.EvidencePool;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@link EvidencePool}: a task a term that is weighed, then a work-item a token. */
final class DeviceEvidencePool implements DeviceOp {
    private final EvidencePool op;

    DeviceEvidencePool(EvidencePool op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int channels = op.terms().get(0).width();
        DoubleArray sums = frame.scratchDoubles((long) frame.maxTokens() * channels);
        for (int k = 0; k < op.terms().size(); k++) {
            frame.graph()
                    .task(
                            frame.perToken("weigh", channels),
                            DeviceEvidencePool::weigh,
                            frame.context(),
                            frame.sizes(),
                            frame.values(op.terms().get(k)),
                            sums,
                            frame.keep(new double[] {op.weights()[k]}),
                            k,
                            channels);
        }
        frame.graph()
                .task(
                        frame.perToken("pool", 1),
                        DeviceEvidencePool::pool,
                        frame.context(),
                        frame.sizes(),
                        sums,
                        frame.values(op.out()),
                        channels);
    }

    /**
     * @param sums (T, channels): of the terms so far
     * @param first 0 for the first term
     */
    static void weigh(
            KernelContext context,
            IntArray sizes,
            FloatArray term,
            DoubleArray sums,
            DoubleArray weight,
            int first,
            int channels) {
        int item = context.globalIdx;
        if (item / channels < sizes.get(DeviceBatch.TOKENS)) {
            double sum = weight.get(0) * term.get(item);
            if (first > 0) {
                sum += sums.get(item);
            }
            sums.set(item, sum);
        }
    }

    /** More digits than 250 would take the sum of many channels beyond a double. */
    static void pool(
            KernelContext context, IntArray sizes, DoubleArray sums, FloatArray out, int channels) {
        int t = context.globalIdx;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            double sum = 0;
            double digits = 0;
            for (int c = 0; c < channels; c++) {
                digits = sums.get(t * channels + c);
                digits = DeviceFunctions.atMost(digits, 250);
                sum += TornadoMath.exp(digits * DeviceFunctions.LN_10);
            }
            double pooled = digits;
            if (channels > 1) {
                pooled = TornadoMath.log(sum / channels) / DeviceFunctions.LN_10;
            }
            out.set(t, (float) pooled);
        }
    }
}
