package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.SelectiveScan;

/** {@link SelectiveScan}: mode after mode, all channels side by side. */
final class ScalarSelectiveScan implements OpKernel {
    private final SelectiveScan op;

    ScalarSelectiveScan(SelectiveScan op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                step(frame, row, t);
            }
        }
    }

    private void step(KernelFrame frame, int row, int t) {
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        float[] dt = frame.values(op.dt());
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] y = frame.values(op.out());
        float[] a = op.a();
        float[] d = op.d();
        int channels = op.channels();
        int modes = op.modes();
        int at = t * channels;
        for (int i = 0; i < channels; i++) {
            y[at + i] = d[i] * x[at + i];
        }
        for (int n = 0; n < modes; n++) {
            float bn = b[t * modes + n];
            float cn = c[t * modes + n];
            int mode = n * channels;
            for (int i = 0; i < channels; i++) {
                float step = dt[at + i];
                float decay = (float) Math.exp(step * a[mode + i]);
                float h = decay * state[row + mode + i] + step * bn * x[at + i];
                state[row + mode + i] = h;
                y[at + i] += cn * h;
            }
        }
    }
}
