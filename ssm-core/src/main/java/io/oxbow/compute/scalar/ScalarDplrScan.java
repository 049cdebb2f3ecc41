package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DplrScan;
import java.util.Arrays;

/** {@link DplrScan}: first the coupling of all modes, then mode after mode. */
final class ScalarDplrScan implements OpKernel {
    private final DplrScan op;
    private final GapTables<double[]> tables;
    private final double[] coupling;
    private final double[] sum;

    ScalarDplrScan(DplrScan op) {
        this.op = op;
        this.tables = GapTables.doubles(op.stepping());
        this.coupling = new double[op.rank() * op.channels()];
        this.sum = new double[op.channels()];
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
        int channels = op.channels();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = batch.slots()[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                double[] table = tables.after(dt[t]);
                couple(state, row, table);
                advance(state, row, table, in, t * channels);
                for (int h = 0; h < channels; h++) {
                    out[t * channels + h] = (float) sum[h];
                }
            }
        }
    }

    /** {@code s_r = 2 Re(sum_m w_rm x_m)}. */
    private void couple(float[] state, int row, double[] table) {
        int channels = op.channels();
        int size = op.modes() * channels;
        Arrays.fill(coupling, 0);
        for (int r = 0; r < op.rank(); r++) {
            int w = (6 + 4 * r) * size;
            for (int m = 0, i = w; m < op.modes(); m++) {
                int re = row + 2 * m * channels;
                int im = re + channels;
                for (int h = 0; h < channels; h++, i++) {
                    coupling[r * channels + h] +=
                            2 * (table[i] * state[re + h] - table[size + i] * state[im + h]);
                }
            }
        }
    }

    private void advance(float[] state, int row, double[] table, float[] in, int at) {
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
                for (int r = 0; r < op.rank(); r++) {
                    double s = coupling[r * channels + h];
                    int v = (4 + 4 * r) * size + i;
                    xRe -= table[v] * s;
                    xIm -= table[size + v] * s;
                }
                state[re + h] = (float) xRe;
                state[im + h] = (float) xIm;
                sum[h] += c[i] * xRe - c[size + i] * xIm;
            }
        }
    }
}
