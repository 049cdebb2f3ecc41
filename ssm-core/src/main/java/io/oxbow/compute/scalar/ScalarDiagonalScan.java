package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DiagonalScan;

/** {@link DiagonalScan}: mode after mode, all channels side by side. */
final class ScalarDiagonalScan implements OpKernel {
    private final DiagonalScan op;
    private final GapTables tables;
    private final double[] sum;

    ScalarDiagonalScan(DiagonalScan op) {
        this.op = op;
        this.tables = new GapTables(op.stepping());
        this.sum = new double[op.channels()];
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
                step(state, row, tables.after(dt[t]), in, out, t * channels);
            }
        }
    }

    private void step(float[] state, int row, double[] table, float[] in, float[] out, int at) {
        int channels = op.channels();
        int size = op.modes() * channels;
        float[] c = op.c();
        float[] d = op.d();
        for (int h = 0; h < channels; h++) {
            sum[h] = d == null ? 0 : d[h] * in[at + h];
        }
        for (int m = 0, i = 0; m < op.modes(); m++) {
            int re = row + 2 * m * channels;
            int im = re + channels;
            for (int h = 0; h < channels; h++, i++) {
                double u = in[at + h];
                double aRe = table[i];
                double aIm = table[size + i];
                double xRe = aRe * state[re + h] - aIm * state[im + h] + table[2 * size + i] * u;
                double xIm = aRe * state[im + h] + aIm * state[re + h] + table[3 * size + i] * u;
                state[re + h] = (float) xRe;
                state[im + h] = (float) xIm;
                sum[h] += c[i] * xRe - c[size + i] * xIm;
            }
        }
        for (int h = 0; h < channels; h++) {
            out[at + h] = (float) sum[h];
        }
    }
}
