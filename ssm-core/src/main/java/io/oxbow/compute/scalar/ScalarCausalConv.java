package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.CausalConv;

/** {@link CausalConv}: the history moves up one row a token, then tap after tap is added. */
final class ScalarCausalConv implements OpKernel {
    private final CausalConv op;

    ScalarCausalConv(CausalConv op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        float[] state = frame.states().floats();
        int rowFloats = frame.states().layout().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        int older = (op.taps() - 1) * channels;
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.history().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                System.arraycopy(state, row + channels, state, row, older);
                System.arraycopy(in, t * channels, state, row + older, channels);
                convolve(state, row, out, t * channels, channels);
            }
        }
    }

    private void convolve(float[] history, int row, float[] out, int at, int channels) {
        float[] weight = op.weight();
        float[] bias = op.bias();
        for (int c = 0; c < channels; c++) {
            out[at + c] = bias == null ? 0 : bias[c];
        }
        for (int k = 0; k < weight.length; k += channels) {
            for (int c = 0; c < channels; c++) {
                out[at + c] += weight[k + c] * history[row + k + c];
            }
        }
    }
}
