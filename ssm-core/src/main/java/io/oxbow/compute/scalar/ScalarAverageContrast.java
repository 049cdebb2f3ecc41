package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.AverageContrast;

/** {@link AverageContrast}, a stream's tokens in order. */
final class ScalarAverageContrast implements OpKernel {
    private final AverageContrast op;
    private final double fastWeight;
    private final double slowWeight;

    ScalarAverageContrast(AverageContrast op) {
        this.op = op;
        this.fastWeight = 2 / (op.fast() + 1);
        this.slowWeight = 2 / (op.slow() + 1);
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        float[] state = frame.states().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int fast = slots[s] * rowFloats + op.averages().offset();
            int slow = fast + channels;
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                for (int c = 0; c < channels; c++) {
                    double x = in[t * channels + c];
                    double f = state[fast + c] + fastWeight * (x - state[fast + c]);
                    double l = state[slow + c] + slowWeight * (x - state[slow + c]);
                    state[fast + c] = (float) f;
                    state[slow + c] = (float) l;
                    out[t * channels + c] = (float) (f - l);
                }
            }
        }
    }
}
