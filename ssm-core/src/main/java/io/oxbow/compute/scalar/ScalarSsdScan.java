package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.SsdScan;

/** {@link SsdScan}: head after head, mode after mode, a head's channels side by side. */
final class ScalarSsdScan implements OpKernel {
    private final SsdScan op;

    ScalarSsdScan(SsdScan op) {
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
                for (int head = 0; head < op.heads(); head++) {
                    step(frame, row, t, head);
                }
            }
        }
    }

    private void step(KernelFrame frame, int row, int t, int head) {
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] y = frame.values(op.out());
        float[] d = op.d();
        int channels = op.channels();
        int modes = op.modes();
        int headDim = channels / op.heads();
        int group = head / (op.heads() / op.groups());
        int first = head * headDim;
        int at = t * channels + first;
        int projection = (t * op.groups() + group) * modes;
        float dt = frame.values(op.dt())[t * op.heads() + head];
        float decay = (float) Math.exp(dt * op.a()[head]);
        for (int p = 0; p < headDim; p++) {
            y[at + p] = d[first + p] * x[at + p];
        }
        for (int n = 0; n < modes; n++) {
            float bn = dt * b[projection + n];
            float cn = c[projection + n];
            int mode = row + first * modes + n * headDim;
            for (int p = 0; p < headDim; p++) {
                float h = decay * state[mode + p] + bn * x[at + p];
                state[mode + p] = h;
                y[at + p] += cn * h;
            }
        }
    }
}
