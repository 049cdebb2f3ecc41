package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DenseRecurrence;

/** {@link DenseRecurrence}, a stream's tokens in order, a channel's row at a time. */
final class ScalarDenseRecurrence implements OpKernel {
    private final DenseRecurrence op;
    private final float[] next;

    ScalarDenseRecurrence(DenseRecurrence op) {
        this.op = op;
        this.next = new float[op.order()];
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
        int order = op.order();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.memory().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                for (int c = 0; c < channels; c++) {
                    step(state, row + c * order, in[t * channels + c], order);
                }
                System.arraycopy(state, row, out, t * channels * order, channels * order);
            }
        }
    }

    /** {@code m <- A m + B u}, in place. */
    private void step(float[] m, int at, float u, int order) {
        float[] a = op.a();
        float[] b = op.b();
        for (int i = 0; i < order; i++) {
            float sum = b[i] * u;
            for (int j = 0; j < order; j++) {
                sum += a[i * order + j] * m[at + j];
            }
            next[i] = sum;
        }
        System.arraycopy(next, 0, m, at, order);
    }
}
