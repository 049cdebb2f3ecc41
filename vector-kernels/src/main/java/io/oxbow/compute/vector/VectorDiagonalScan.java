package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.DiagonalScan;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link DiagonalScan}, a lane a channel, in doubles: mode after mode, so that state and
 * coefficients are read from beginning to end. Does what the scalar reference does, operation for
 * operation.
 */
final class VectorDiagonalScan implements OpKernel {
    private static final int LANES = Wide.LANES;

    private final DiagonalScan op;
    private final GapTables tables;
    private final int channels;
    private final int size;
    private final double[] c;
    private final double[] input;
    private final double[] sum;

    VectorDiagonalScan(DiagonalScan op) {
        this.op = op;
        this.tables = new GapTables(op.stepping());
        this.channels = op.channels();
        this.size = op.modes() * channels;
        this.c = new double[op.c().length];
        for (int i = 0; i < c.length; i++) {
            c[i] = op.c()[i];
        }
        this.input = new double[channels];
        this.sum = new double[channels];
    }

    /** Whether there are channels enough for one vector. */
    static boolean suits(DiagonalScan op) {
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
                step(state, row, tables.after(dt[t]), in, out, t * channels);
            }
        }
    }

    private void step(float[] state, int row, double[] table, float[] in, float[] out, int at) {
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
        for (int h = 0; h < channels; h++) {
            out[at + h] = (float) sum[h];
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
        double xRe = table[k] * state[re] - table[size + k] * state[im];
        double xIm = table[k] * state[im] + table[size + k] * state[re];
        xRe += table[2 * size + k] * u;
        xIm += table[3 * size + k] * u;
        state[re] = (float) xRe;
        state[im] = (float) xIm;
        sum[h] += c[k] * xRe - c[size + k] * xIm;
    }
}
