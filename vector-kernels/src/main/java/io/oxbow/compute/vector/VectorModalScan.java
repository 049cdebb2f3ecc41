package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.ModalScan;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ModalScan}, a lane a mode, in doubles. Does what the scalar reference does, operation for
 * operation.
 */
final class VectorModalScan implements OpKernel {
    private static final int LANES = Wide.LANES;

    private final ModalScan op;
    private final GapTables tables;
    private final int modes;

    VectorModalScan(ModalScan op) {
        this.op = op;
        this.tables = new GapTables(op.stepping());
        this.modes = op.modes();
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
        int whole = modes / LANES * LANES;
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                double[] table = tables.after(dt[t]);
                int at = 2 * t * modes;
                stepLanes(state, row, table, in, out, at, whole);
                for (int p = whole; p < modes; p++) {
                    stepOne(state, row, table, in, out, at, p);
                }
            }
        }
    }

    private void stepLanes(
            float[] state, int row, double[] table, float[] in, float[] out, int at, int whole) {
        int rowIm = row + modes;
        int atIm = at + modes;
        for (int p = 0; p < whole; p += LANES) {
            DoubleVector aRe = DoubleVector.fromArray(Wide.SPECIES, table, p);
            DoubleVector aIm = DoubleVector.fromArray(Wide.SPECIES, table, modes + p);
            DoubleVector gRe = DoubleVector.fromArray(Wide.SPECIES, table, 2 * modes + p);
            DoubleVector gIm = DoubleVector.fromArray(Wide.SPECIES, table, 3 * modes + p);
            DoubleVector vRe = Wide.load(in, at + p);
            DoubleVector vIm = Wide.load(in, atIm + p);
            DoubleVector xRe = Wide.load(state, row + p);
            DoubleVector xIm = Wide.load(state, rowIm + p);
            FloatVector re =
                    Wide.narrow(aRe.mul(xRe).sub(aIm.mul(xIm)).add(gRe.mul(vRe)).sub(gIm.mul(vIm)));
            FloatVector im =
                    Wide.narrow(aRe.mul(xIm).add(aIm.mul(xRe)).add(gRe.mul(vIm)).add(gIm.mul(vRe)));
            re.intoArray(state, row + p);
            im.intoArray(state, rowIm + p);
            re.intoArray(out, at + p);
            im.intoArray(out, atIm + p);
        }
    }

    private void stepOne(
            float[] state, int row, double[] table, float[] in, float[] out, int at, int p) {
        double aRe = table[p];
        double aIm = table[modes + p];
        double gRe = table[2 * modes + p];
        double gIm = table[3 * modes + p];
        double vRe = in[at + p];
        double vIm = in[at + modes + p];
        double xRe = state[row + p];
        double xIm = state[row + modes + p];
        float re = (float) (aRe * xRe - aIm * xIm + gRe * vRe - gIm * vIm);
        float im = (float) (aRe * xIm + aIm * xRe + gRe * vIm + gIm * vRe);
        state[row + p] = re;
        state[row + modes + p] = im;
        out[at + p] = re;
        out[at + modes + p] = im;
    }
}
