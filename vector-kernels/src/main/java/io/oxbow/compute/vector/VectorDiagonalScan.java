package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.DiagonalScan;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DiagonalScan}, a lane a channel, in doubles: a vector of channels runs through all its
 * modes with its output sum in a register. Does what the scalar reference does, operation for
 * operation.
 */
final class VectorDiagonalScan implements OpKernel {
    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;

    /** As many floats as {@link #WIDE} has doubles. */
    private static final VectorSpecies<Float> NARROW =
            VectorSpecies.of(float.class, VectorShape.forBitSize(WIDE.vectorBitSize() / 2));

    private static final int LANES = WIDE.length();

    private final DiagonalScan op;
    private final GapTables tables;
    private final double[] c;

    VectorDiagonalScan(DiagonalScan op) {
        this.op = op;
        this.tables = new GapTables(op.stepping());
        this.c = new double[op.c().length];
        for (int i = 0; i < c.length; i++) {
            c[i] = op.c()[i];
        }
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
        int channels = op.channels();
        int whole = channels / LANES * LANES;
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                double[] table = tables.after(dt[t]);
                int at = t * channels;
                for (int h = 0; h < whole; h += LANES) {
                    stepLanes(state, row, table, in, out, at, h);
                }
                for (int h = whole; h < channels; h++) {
                    stepOne(state, row, table, in, out, at, h);
                }
            }
        }
    }

    private void stepLanes(
            float[] state, int row, double[] table, float[] in, float[] out, int at, int h) {
        int channels = op.channels();
        int modes = op.modes();
        int size = modes * channels;
        FloatVector input = FloatVector.fromArray(NARROW, in, at + h);
        DoubleVector u = wide(input);
        DoubleVector sum =
                op.d() == null
                        ? DoubleVector.zero(WIDE)
                        : wide(FloatVector.fromArray(NARROW, op.d(), h).mul(input));
        int re = row + h;
        for (int i = h; i < size; i += channels) {
            int im = re + channels;
            DoubleVector aRe = DoubleVector.fromArray(WIDE, table, i);
            DoubleVector aIm = DoubleVector.fromArray(WIDE, table, size + i);
            DoubleVector bRe = DoubleVector.fromArray(WIDE, table, 2 * size + i);
            DoubleVector bIm = DoubleVector.fromArray(WIDE, table, 3 * size + i);
            DoubleVector sRe = wide(FloatVector.fromArray(NARROW, state, re));
            DoubleVector sIm = wide(FloatVector.fromArray(NARROW, state, im));
            DoubleVector xRe = aRe.mul(sRe).sub(aIm.mul(sIm)).add(bRe.mul(u));
            DoubleVector xIm = aRe.mul(sIm).add(aIm.mul(sRe)).add(bIm.mul(u));
            narrow(xRe).intoArray(state, re);
            narrow(xIm).intoArray(state, im);
            DoubleVector cRe = DoubleVector.fromArray(WIDE, c, i);
            DoubleVector cIm = DoubleVector.fromArray(WIDE, c, size + i);
            sum = sum.add(cRe.mul(xRe).sub(cIm.mul(xIm)));
            re = im + channels;
        }
        narrow(sum).intoArray(out, at + h);
    }

    private void stepOne(
            float[] state, int row, double[] table, float[] in, float[] out, int at, int h) {
        int channels = op.channels();
        int size = op.modes() * channels;
        double u = in[at + h];
        double sum = op.d() == null ? 0 : op.d()[h] * in[at + h];
        int re = row + h;
        for (int i = h; i < size; i += channels) {
            int im = re + channels;
            double xRe = table[i] * state[re] - table[size + i] * state[im];
            double xIm = table[i] * state[im] + table[size + i] * state[re];
            xRe += table[2 * size + i] * u;
            xIm += table[3 * size + i] * u;
            state[re] = (float) xRe;
            state[im] = (float) xIm;
            sum += c[i] * xRe - c[size + i] * xIm;
            re = im + channels;
        }
        out[at + h] = (float) sum;
    }

    private static DoubleVector wide(FloatVector values) {
        Vector<Double> converted = values.convertShape(VectorOperators.F2D, WIDE, 0);
        return (DoubleVector) converted;
    }

    private static FloatVector narrow(DoubleVector values) {
        Vector<Float> converted = values.convertShape(VectorOperators.D2F, NARROW, 0);
        return (FloatVector) converted;
    }
}
