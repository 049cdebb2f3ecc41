package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DiagonalScan;

/**
 * {@link DiagonalScan}: mode after mode, all channels side by side. In floats; a decay is the sum
 * of two of them, and the smaller products are added first.
 */
final class ScalarDiagonalScan implements OpKernel {
    private final DiagonalScan op;
    private final GapTables<float[]> tables;
    private final float[] d;
    private final float[] sum;

    ScalarDiagonalScan(DiagonalScan op) {
        this.op = op;
        this.tables = GapTables.splitDecays(op.stepping());
        this.d = op.d() == null ? new float[op.channels()] : op.d();
        this.sum = new float[op.channels()];
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        float[] dt = batch.dt();
        float[] state = frame.states().floats();
        int rowFloats = frame.states().layout().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.channels();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                step(state, row, tables.after(dt[t]), in, t * channels);
                System.arraycopy(sum, 0, out, t * channels, channels);
            }
        }
    }

    private void step(float[] state, int row, float[] table, float[] in, int at) {
        int channels = op.channels();
        int size = op.modes() * channels;
        float[] c = op.c();
        for (int h = 0; h < channels; h++) {
            sum[h] = d[h] * in[at + h];
        }
        for (int m = 0, i = 0; m < op.modes(); m++) {
            int re = row + 2 * m * channels;
            int im = re + channels;
            for (int h = 0; h < channels; h++, i++) {
                float u = in[at + h];
                float aRe = table[i];
                float aIm = table[size + i];
                float restRe = table[2 * size + i];
                float restIm = table[3 * size + i];
                float sRe = state[re + h];
                float sIm = state[im + h];
                float xRe = Math.fma(restRe, sRe, Math.fma(-restIm, sIm, table[4 * size + i] * u));
                float xIm = Math.fma(restRe, sIm, Math.fma(restIm, sRe, table[5 * size + i] * u));
                xRe = Math.fma(aRe, sRe, Math.fma(-aIm, sIm, xRe));
                xIm = Math.fma(aRe, sIm, Math.fma(aIm, sRe, xIm));
                state[re + h] = xRe;
                state[im + h] = xIm;
                sum[h] = Math.fma(c[i], xRe, Math.fma(-c[size + i], xIm, sum[h]));
            }
        }
    }
}
