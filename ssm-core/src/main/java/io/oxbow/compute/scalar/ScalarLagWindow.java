package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.LagWindow;

/** {@link LagWindow}: each channel's past moves one place down to let the token in. */
final class ScalarLagWindow implements OpKernel {
    private final LagWindow op;

    ScalarLagWindow(LagWindow op) {
        this.op = op;
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
        int lags = op.lags();
        for (int s = 0; s < batch.streamCount(); s++) {
            int past = slots[s] * rowFloats + op.past().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                for (int c = 0; c < channels; c++) {
                    int at = past + c * lags;
                    for (int lag = lags - 1; lag > 0; lag--) {
                        state[at + lag] = state[at + lag - 1];
                    }
                    state[at] = in[t * channels + c];
                }
                System.arraycopy(state, past, out, t * channels * lags, channels * lags);
            }
        }
    }
}
