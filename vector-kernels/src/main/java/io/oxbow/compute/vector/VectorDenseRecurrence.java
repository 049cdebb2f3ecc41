package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DenseRecurrence;

/**
 * {@link DenseRecurrence}, a stream's tokens in order. All channels share the matrix, so a token is
 * one product of it with the stream's memories, a row a channel.
 */
final class VectorDenseRecurrence implements OpKernel {
    private final DenseRecurrence op;
    private final PackedMatrix transition;

    VectorDenseRecurrence(DenseRecurrence op) {
        this.op = op;
        this.transition = new PackedMatrix(op.a(), op.order(), op.order());
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
        int memory = channels * op.order();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.memory().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                int at = t * memory;
                drive(in, t * channels, channels, out, at);
                transition.accumulate(state, row, channels, out, at);
                System.arraycopy(out, at, state, row, memory);
            }
        }
    }

    /** {@code out = B u}, from which the product's sums start. */
    private void drive(float[] in, int inAt, int channels, float[] out, int outAt) {
        float[] b = op.b();
        int order = b.length;
        for (int c = 0; c < channels; c++) {
            float u = in[inAt + c];
            int at = outAt + c * order;
            for (int i = 0; i < order; i++) {
                out[at + i] = b[i] * u;
            }
        }
    }
}
