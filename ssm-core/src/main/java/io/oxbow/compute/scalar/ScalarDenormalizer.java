package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Denormalizer;

/** {@link Denormalizer}, an element at a time. */
final class ScalarDenormalizer implements OpKernel {
    private static final double MEANINGFUL = 0.95;

    private final Denormalizer op;

    ScalarDenormalizer(Denormalizer op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        int count = frame.batch().tokenCount() * op.in().width();
        float[] in = frame.values(op.in());
        float[] mean = frame.values(op.mean());
        float[] deviation = frame.values(op.deviation());
        float[] out = frame.values(op.out());
        double limit = op.limit();
        for (int i = 0; i < count; i++) {
            double part = Math.max(-MEANINGFUL, Math.min(MEANINGFUL, in[i] / limit));
            double square = part * part;
            double z = part * limit / Math.sqrt(Math.sqrt(1 - square * square));
            double x = mean[i] + deviation[i] * z;
            out[i] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
        }
    }
}
