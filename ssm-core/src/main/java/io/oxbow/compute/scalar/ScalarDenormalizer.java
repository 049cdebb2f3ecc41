package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Denormalizer;

/** {@link Denormalizer}, an element at a time. */
final class ScalarDenormalizer implements OpKernel {
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
            out[i] = Denormalizer.restore(in[i], mean[i], deviation[i], limit);
        }
    }
}
