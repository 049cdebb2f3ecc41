package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.ModalScan;

/**
 * {@link ModalScan}: all modes side by side. In floats; a decay is the sum of two of them, and the
 * smaller products are added first.
 */
final class ScalarModalScan implements OpKernel {
    private final ModalScan op;
    private final GapTables<float[]> tables;

    ScalarModalScan(ModalScan op) {
        this.op = op;
        this.tables = GapTables.splitDecays(op.stepping());
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

    private void step(float[] state, int row, float[] table, float[] in, int at) {
        int modes = op.modes();
        for (int p = 0; p < modes; p++) {
            float aRe = table[p];
            float aIm = table[modes + p];
            float restRe = table[2 * modes + p];
            float restIm = table[3 * modes + p];
            float gRe = table[4 * modes + p];
            float gIm = table[5 * modes + p];
            float vRe = in[at + p];
            float vIm = in[at + modes + p];
            float sRe = state[row + p];
            float sIm = state[row + modes + p];
            float xRe = Math.fma(gRe, vRe, -gIm * vIm);
            float xIm = Math.fma(gRe, vIm, gIm * vRe);
            xRe = Math.fma(restRe, sRe, Math.fma(-restIm, sIm, xRe));
            xIm = Math.fma(restRe, sIm, Math.fma(restIm, sRe, xIm));
            state[row + p] = Math.fma(aRe, sRe, Math.fma(-aIm, sIm, xRe));
            state[row + modes + p] = Math.fma(aRe, sIm, Math.fma(aIm, sRe, xIm));
        }
    }
}
