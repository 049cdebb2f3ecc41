package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.ModalScan;

/** {@link ModalScan}: all modes side by side. */
final class ScalarModalScan implements OpKernel {
    private final ModalScan op;
    private final GapTables tables;

    ScalarModalScan(ModalScan op) {
        this.op = op;
        this.tables = new GapTables(op.stepping());
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        float[] dt = batch.dt();
        float[] state = frame.states().floats();
        int rowFloats = frame.states().layout().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int width = op.in().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = batch.slots()[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                step(state, row, tables.after(dt[t]), in, t * width);
                System.arraycopy(state, row, out, t * width, width);
            }
        }
    }

    private void step(float[] state, int row, double[] table, float[] in, int at) {
        int modes = op.modes();
        for (int p = 0; p < modes; p++) {
            double aRe = table[p];
            double aIm = table[modes + p];
            double gRe = table[2 * modes + p];
            double gIm = table[3 * modes + p];
            double vRe = in[at + p];
            double vIm = in[at + modes + p];
            double xRe = state[row + p];
            double xIm = state[row + modes + p];
            state[row + p] = (float) (aRe * xRe - aIm * xIm + gRe * vRe - gIm * vIm);
            state[row + modes + p] = (float) (aRe * xIm + aIm * xRe + gRe * vIm + gIm * vRe);
        }
    }
}
