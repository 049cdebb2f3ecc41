package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.DplrScan;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link DplrScan}, a lane a channel, in doubles: first the coupling of all modes, then mode after
 * mode. Does what the scalar reference does, operation for operation.
 */
final class VectorDplrScan implements OpKernel {
    private static final int LANES = Wide.LANES;

    private final DplrScan op;
    private final GapTables<double[]> tables;
    private final int channels;
    private final int size;
    private final int rank;
    private final double[] c;
    private final double[] input;
    private final double[] sum;

    /** (rank, channels) */
    private final double[] coupling;

    VectorDplrScan(DplrScan op) {
        this.op = op;
        this.tables = GapTables.doubles(op.stepping());
        this.channels = op.channels();
        this.size = op.modes() * channels;
        this.rank = op.rank();
        this.c = new double[op.c().length];
        for (int i = 0; i < c.length; i++) {
            c[i] = op.c()[i];
        }
        this.input = new double[channels];
        this.sum = new double[channels];
        this.coupling = new double[rank * channels];
    }

    /** Whether there are channels enough for one vector. */
    static boolean suits(DplrScan op) {
        return op.channels() >= LANES;
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
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
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
        int whole = channels / LANES * LANES;
        Arrays.fill(coupling, 0);
        for (int r = 0; r < rank; r++) {
            int w = (6 + 4 * r) * size;
            int s = r * channels;
            int re = row;
            for (int i = 0; i < size; i += channels) {
                coupleLanes(state, re, table, w + i, s, whole);
                for (int h = whole; h < channels; h++) {
                    int at = w + i + h;
                    coupling[s + h] +=
                            2
                                    * (table[at] * state[re + h]
                                            - table[size + at] * state[re + channels + h]);
                }
                re += 2 * channels;
            }
        }
    }

    private void coupleLanes(float[] state, int re, double[] table, int w, int s, int whole) {
        int im = re + channels;
        for (int h = 0; h < whole; h += LANES) {
            DoubleVector wRe = DoubleVector.fromArray(Wide.SPECIES, table, w + h);
            DoubleVector wIm = DoubleVector.fromArray(Wide.SPECIES, table, size + w + h);
            DoubleVector xRe = Wide.load(state, re + h);
            DoubleVector xIm = Wide.load(state, im + h);
            DoubleVector.fromArray(Wide.SPECIES, coupling, s + h)
                    .add(wRe.mul(xRe).sub(wIm.mul(xIm)).mul(2))
                    .intoArray(coupling, s + h);
        }
    }

    private void advance(float[] state, int row, double[] table, float[] in, int at) {
        float[] d = op.d();
        for (int h = 0; h < channels; h++) {
            input[h] = in[at + h];
            sum[h] = d == null ? 0 : d[h] * in[at + h];
        }
        int whole = channels / LANES * LANES;
        int re = row;
        for (int i = 0; i < size; i += channels) {
            stepLanes(state, re, table, i, whole);
            for (int h = whole; h < channels; h++) {
                stepOne(state, re + h, table, i + h, h);
            }
            re += 2 * channels;
        }
    }

    private void stepLanes(float[] state, int re, double[] table, int i, int whole) {
        int im = re + channels;
        for (int h = 0; h < whole; h += LANES) {
            int k = i + h;
            DoubleVector u = DoubleVector.fromArray(Wide.SPECIES, input, h);
            DoubleVector aRe = DoubleVector.fromArray(Wide.SPECIES, table, k);
            DoubleVector aIm = DoubleVector.fromArray(Wide.SPECIES, table, size + k);
            DoubleVector bRe = DoubleVector.fromArray(Wide.SPECIES, table, 2 * size + k);
            DoubleVector bIm = DoubleVector.fromArray(Wide.SPECIES, table, 3 * size + k);
            DoubleVector sRe = Wide.load(state, re + h);
            DoubleVector sIm = Wide.load(state, im + h);
            DoubleVector xRe = aRe.mul(sRe).sub(aIm.mul(sIm)).add(bRe.mul(u));
            DoubleVector xIm = aRe.mul(sIm).add(aIm.mul(sRe)).add(bIm.mul(u));
            for (int r = 0; r < rank; r++) {
                int v = (4 + 4 * r) * size + k;
                DoubleVector s = DoubleVector.fromArray(Wide.SPECIES, coupling, r * channels + h);
                xRe = xRe.sub(DoubleVector.fromArray(Wide.SPECIES, table, v).mul(s));
                xIm = xIm.sub(DoubleVector.fromArray(Wide.SPECIES, table, size + v).mul(s));
            }
            Wide.narrow(xRe).intoArray(state, re + h);
            Wide.narrow(xIm).intoArray(state, im + h);
            DoubleVector cRe = DoubleVector.fromArray(Wide.SPECIES, c, k);
            DoubleVector cIm = DoubleVector.fromArray(Wide.SPECIES, c, size + k);
            DoubleVector.fromArray(Wide.SPECIES, sum, h)
                    .add(cRe.mul(xRe).sub(cIm.mul(xIm)))
                    .intoArray(sum, h);
        }
    }

    private void stepOne(float[] state, int re, double[] table, int k, int h) {
        int im = re + channels;
        double u = input[h];
        double xRe = table[k] * state[re] - table[size + k] * state[im] + table[2 * size + k] * u;
        double xIm = table[k] * state[im] + table[size + k] * state[re] + table[3 * size + k] * u;
        for (int r = 0; r < rank; r++) {
            double s = coupling[r * channels + h];
            int v = (4 + 4 * r) * size + k;
            xRe -= table[v] * s;
            xIm -= table[size + v] * s;
        }
        state[re] = (float) xRe;
        state[im] = (float) xIm;
        sum[h] += c[k] * xRe - c[size + k] * xIm;
    }
}
