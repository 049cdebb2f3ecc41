package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.ModalScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ModalScan}, a lane a mode: two tokens at a time where they share coefficients. Does what
 * the scalar reference does, operation for operation.
 */
final class VectorModalScan implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final ModalScan op;
    private final GapTables<float[]> tables;
    private final int modes;
    private final int whole;

    VectorModalScan(ModalScan op) {
        this.op = op;
        this.tables = GapTables.splitDecays(op.stepping());
        this.modes = op.modes();
        this.whole = modes / LANES * LANES;
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
        int streams = batch.streamCount();
        for (int s = 0; s < streams; s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            int t = offsets[s];
            int end = offsets[s + 1];
            boolean two = t + 1 == end && s + 1 < streams && offsets[s + 2] == end + 1;
            if (two && tables.alike(dt, t, 2)) {
                s++;
                int other = slots[s] * rowFloats + op.state().offset();
                stepTwo(state, row, other, tables.after(dt[t]), in, out, 2 * t * modes);
            } else {
                for (; t < end; t++) {
                    step(state, row, tables.after(dt[t]), in, out, 2 * t * modes);
                }
            }
        }
    }

    private void step(float[] state, int row, float[] table, float[] in, float[] out, int at) {
        int rowIm = row + modes;
        int atIm = at + modes;
        for (int p = 0; p < whole; p += LANES) {
            FloatVector gRe = FloatVector.fromArray(SPECIES, table, 4 * modes + p);
            FloatVector gIm = FloatVector.fromArray(SPECIES, table, 5 * modes + p);
            FloatVector vRe = FloatVector.fromArray(SPECIES, in, at + p);
            FloatVector vIm = FloatVector.fromArray(SPECIES, in, atIm + p);
            FloatVector xRe = gRe.fma(vRe, gIm.neg().mul(vIm));
            FloatVector xIm = gRe.fma(vIm, gIm.mul(vRe));
            FloatVector aRe = FloatVector.fromArray(SPECIES, table, p);
            FloatVector aIm = FloatVector.fromArray(SPECIES, table, modes + p);
            FloatVector restRe = FloatVector.fromArray(SPECIES, table, 2 * modes + p);
            FloatVector restIm = FloatVector.fromArray(SPECIES, table, 3 * modes + p);
            FloatVector sRe = FloatVector.fromArray(SPECIES, state, row + p);
            FloatVector sIm = FloatVector.fromArray(SPECIES, state, rowIm + p);
            FloatVector minus = sIm.neg();
            xRe = restRe.fma(sRe, restIm.fma(minus, xRe));
            xIm = restRe.fma(sIm, restIm.fma(sRe, xIm));
            xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
            xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
            xRe.intoArray(state, row + p);
            xIm.intoArray(state, rowIm + p);
            xRe.intoArray(out, at + p);
            xIm.intoArray(out, atIm + p);
        }
        stepRest(state, row, table, in, out, at);
    }

    /** One token of each of two streams, the second's right after the first's. */
    private void stepTwo(
            float[] state, int row, int other, float[] table, float[] in, float[] out, int at) {
        int next = at + 2 * modes;
        for (int p = 0; p < whole; p += LANES) {
            FloatVector aRe = FloatVector.fromArray(SPECIES, table, p);
            FloatVector aIm = FloatVector.fromArray(SPECIES, table, modes + p);
            FloatVector restRe = FloatVector.fromArray(SPECIES, table, 2 * modes + p);
            FloatVector restIm = FloatVector.fromArray(SPECIES, table, 3 * modes + p);
            FloatVector gRe = FloatVector.fromArray(SPECIES, table, 4 * modes + p);
            FloatVector gIm = FloatVector.fromArray(SPECIES, table, 5 * modes + p);
            FloatVector minusIm = gIm.neg();

            int i = at + p;
            int j = row + p;
            FloatVector vRe = FloatVector.fromArray(SPECIES, in, i);
            FloatVector vIm = FloatVector.fromArray(SPECIES, in, i + modes);
            FloatVector sRe = FloatVector.fromArray(SPECIES, state, j);
            FloatVector sIm = FloatVector.fromArray(SPECIES, state, j + modes);
            FloatVector minus = sIm.neg();
            FloatVector xRe = gRe.fma(vRe, minusIm.mul(vIm));
            FloatVector xIm = gRe.fma(vIm, gIm.mul(vRe));
            xRe = restRe.fma(sRe, restIm.fma(minus, xRe));
            xIm = restRe.fma(sIm, restIm.fma(sRe, xIm));
            xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
            xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
            xRe.intoArray(state, j);
            xIm.intoArray(state, j + modes);
            xRe.intoArray(out, i);
            xIm.intoArray(out, i + modes);

            i = next + p;
            j = other + p;
            vRe = FloatVector.fromArray(SPECIES, in, i);
            vIm = FloatVector.fromArray(SPECIES, in, i + modes);
            sRe = FloatVector.fromArray(SPECIES, state, j);
            sIm = FloatVector.fromArray(SPECIES, state, j + modes);
            minus = sIm.neg();
            xRe = gRe.fma(vRe, minusIm.mul(vIm));
            xIm = gRe.fma(vIm, gIm.mul(vRe));
            xRe = restRe.fma(sRe, restIm.fma(minus, xRe));
            xIm = restRe.fma(sIm, restIm.fma(sRe, xIm));
            xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
            xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
            xRe.intoArray(state, j);
            xIm.intoArray(state, j + modes);
            xRe.intoArray(out, i);
            xIm.intoArray(out, i + modes);
        }
        stepRest(state, row, table, in, out, at);
        stepRest(state, other, table, in, out, next);
    }

    /** The modes that do not fill a vector. */
    private void stepRest(float[] state, int row, float[] table, float[] in, float[] out, int at) {
        for (int p = whole; p < modes; p++) {
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
            xRe = Math.fma(restRe, sRe, Math.fma(restIm, -sIm, xRe));
            xIm = Math.fma(restRe, sIm, Math.fma(restIm, sRe, xIm));
            xRe = Math.fma(table[p], sRe, Math.fma(table[modes + p], -sIm, xRe));
            xIm = Math.fma(table[p], sIm, Math.fma(table[modes + p], sRe, xIm));
            state[row + p] = xRe;
            state[row + modes + p] = xIm;
            out[at + p] = xRe;
            out[at + modes + p] = xIm;
        }
    }
}
