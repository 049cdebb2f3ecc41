package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.DiagonalScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DiagonalScan}, a lane a channel. Does what the scalar reference does, operation for
 * operation.
 *
 * <p>Coefficients are more bytes than the state, so they are read once for two streams or for four
 * tokens of one stream, where these share them. Two streams go mode after mode, so that both states
 * are read from beginning to end; four tokens pass while a state is in registers.
 */
final class VectorDiagonalScan implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int TOKENS = 4;

    private final DiagonalScan op;
    private final GapTables<float[]> tables;
    private final int channels;
    private final int whole;
    private final int size;
    private final float[] c;

    /** (modes, channels): the imaginary parts of c, negated. */
    private final float[] minusIm;

    private final float[] d;

    /** (2, channels): of two streams. */
    private final float[] sum;

    VectorDiagonalScan(DiagonalScan op) {
        this.op = op;
        this.tables = GapTables.splitDecays(op.stepping());
        this.channels = op.channels();
        this.whole = channels / LANES * LANES;
        this.size = op.modes() * channels;
        this.c = op.c();
        this.minusIm = new float[size];
        for (int i = 0; i < size; i++) {
            minusIm[i] = -c[size + i];
        }
        this.d = op.d() == null ? new float[channels] : op.d();
        this.sum = new float[2 * channels];
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
        int streams = batch.streamCount();
        for (int s = 0; s < streams; s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            int t = offsets[s];
            int end = offsets[s + 1];
            for (; t + TOKENS <= end && tables.alike(dt, t, TOKENS); t += TOKENS) {
                stepFour(state, row, tables.after(dt[t]), in, out, t * channels);
            }
            boolean twoLeft = t + 1 == end && s + 1 < streams && offsets[s + 2] == end + 1;
            if (twoLeft && tables.alike(dt, t, 2)) {
                s++;
                int other = slots[s] * rowFloats + op.state().offset();
                stepTwo(state, row, other, tables.after(dt[t]), in, out, t * channels);
            } else {
                for (; t < end; t++) {
                    step(state, row, tables.after(dt[t]), in, out, t * channels);
                }
            }
        }
    }

    private void step(float[] state, int row, float[] table, float[] in, float[] out, int at) {
        begin(in, at, 0);
        int re = row;
        for (int i = 0; i < size; i += channels) {
            int im = re + channels;
            for (int h = 0; h < whole; h += LANES) {
                int k = i + h;
                FloatVector u = FloatVector.fromArray(SPECIES, in, at + h);
                FloatVector aRe = FloatVector.fromArray(SPECIES, table, k);
                FloatVector aIm = FloatVector.fromArray(SPECIES, table, size + k);
                FloatVector restRe = FloatVector.fromArray(SPECIES, table, 2 * size + k);
                FloatVector restIm = FloatVector.fromArray(SPECIES, table, 3 * size + k);
                FloatVector bRe = FloatVector.fromArray(SPECIES, table, 4 * size + k);
                FloatVector bIm = FloatVector.fromArray(SPECIES, table, 5 * size + k);
                FloatVector sRe = FloatVector.fromArray(SPECIES, state, re + h);
                FloatVector sIm = FloatVector.fromArray(SPECIES, state, im + h);
                FloatVector minus = sIm.neg();
                FloatVector xRe = restRe.fma(sRe, restIm.fma(minus, bRe.mul(u)));
                FloatVector xIm = restRe.fma(sIm, restIm.fma(sRe, bIm.mul(u)));
                xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
                xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
                xRe.intoArray(state, re + h);
                xIm.intoArray(state, im + h);
                FloatVector y = FloatVector.fromArray(SPECIES, sum, h);
                y = FloatVector.fromArray(SPECIES, minusIm, k).fma(xIm, y);
                FloatVector.fromArray(SPECIES, c, k).fma(xRe, y).intoArray(sum, h);
            }
            re += 2 * channels;
        }
        stepRest(state, row, table, in, at, 0);
        System.arraycopy(sum, 0, out, at, channels);
    }

    /** One token of each of two streams, the second's right after the first's. */
    private void stepTwo(
            float[] state, int row, int other, float[] table, float[] in, float[] out, int at) {
        int next = at + channels;
        begin(in, at, 0);
        begin(in, next, channels);
        int mode = 0;
        for (int i = 0; i < size; i += channels) {
            for (int h = 0; h < whole; h += LANES) {
                int k = i + h;
                FloatVector aRe = FloatVector.fromArray(SPECIES, table, k);
                FloatVector aIm = FloatVector.fromArray(SPECIES, table, size + k);
                FloatVector restRe = FloatVector.fromArray(SPECIES, table, 2 * size + k);
                FloatVector restIm = FloatVector.fromArray(SPECIES, table, 3 * size + k);
                FloatVector bRe = FloatVector.fromArray(SPECIES, table, 4 * size + k);
                FloatVector bIm = FloatVector.fromArray(SPECIES, table, 5 * size + k);
                FloatVector cRe = FloatVector.fromArray(SPECIES, c, k);
                FloatVector cIm = FloatVector.fromArray(SPECIES, minusIm, k);

                int re = row + mode + h;
                FloatVector u = FloatVector.fromArray(SPECIES, in, at + h);
                FloatVector sRe = FloatVector.fromArray(SPECIES, state, re);
                FloatVector sIm = FloatVector.fromArray(SPECIES, state, re + channels);
                FloatVector minus = sIm.neg();
                FloatVector xRe = restRe.fma(sRe, restIm.fma(minus, bRe.mul(u)));
                FloatVector xIm = restRe.fma(sIm, restIm.fma(sRe, bIm.mul(u)));
                xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
                xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
                xRe.intoArray(state, re);
                xIm.intoArray(state, re + channels);
                FloatVector y = FloatVector.fromArray(SPECIES, sum, h);
                cRe.fma(xRe, cIm.fma(xIm, y)).intoArray(sum, h);

                re = other + mode + h;
                u = FloatVector.fromArray(SPECIES, in, next + h);
                sRe = FloatVector.fromArray(SPECIES, state, re);
                sIm = FloatVector.fromArray(SPECIES, state, re + channels);
                minus = sIm.neg();
                xRe = restRe.fma(sRe, restIm.fma(minus, bRe.mul(u)));
                xIm = restRe.fma(sIm, restIm.fma(sRe, bIm.mul(u)));
                xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
                xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
                xRe.intoArray(state, re);
                xIm.intoArray(state, re + channels);
                y = FloatVector.fromArray(SPECIES, sum, channels + h);
                cRe.fma(xRe, cIm.fma(xIm, y)).intoArray(sum, channels + h);
            }
            mode += 2 * channels;
        }
        stepRest(state, row, table, in, at, 0);
        stepRest(state, other, table, in, next, channels);
        System.arraycopy(sum, 0, out, at, 2 * channels);
    }

    /** Four tokens of one stream. */
    private void stepFour(float[] state, int row, float[] table, float[] in, float[] out, int at) {
        int at1 = at + channels;
        int at2 = at1 + channels;
        int at3 = at2 + channels;
        for (int h = 0; h < whole; h += LANES) {
            FloatVector u0 = FloatVector.fromArray(SPECIES, in, at + h);
            FloatVector u1 = FloatVector.fromArray(SPECIES, in, at1 + h);
            FloatVector u2 = FloatVector.fromArray(SPECIES, in, at2 + h);
            FloatVector u3 = FloatVector.fromArray(SPECIES, in, at3 + h);
            FloatVector through = FloatVector.fromArray(SPECIES, d, h);
            FloatVector y0 = through.mul(u0);
            FloatVector y1 = through.mul(u1);
            FloatVector y2 = through.mul(u2);
            FloatVector y3 = through.mul(u3);
            int re = row + h;
            for (int k = h; k < size; k += channels) {
                FloatVector aRe = FloatVector.fromArray(SPECIES, table, k);
                FloatVector aIm = FloatVector.fromArray(SPECIES, table, size + k);
                FloatVector restRe = FloatVector.fromArray(SPECIES, table, 2 * size + k);
                FloatVector restIm = FloatVector.fromArray(SPECIES, table, 3 * size + k);
                FloatVector bRe = FloatVector.fromArray(SPECIES, table, 4 * size + k);
                FloatVector bIm = FloatVector.fromArray(SPECIES, table, 5 * size + k);
                FloatVector cRe = FloatVector.fromArray(SPECIES, c, k);
                FloatVector cIm = FloatVector.fromArray(SPECIES, minusIm, k);

                FloatVector sRe = FloatVector.fromArray(SPECIES, state, re);
                FloatVector sIm = FloatVector.fromArray(SPECIES, state, re + channels);
                FloatVector minus = sIm.neg();
                FloatVector xRe = restRe.fma(sRe, restIm.fma(minus, bRe.mul(u0)));
                FloatVector xIm = restRe.fma(sIm, restIm.fma(sRe, bIm.mul(u0)));
                xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
                xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
                y0 = cRe.fma(xRe, cIm.fma(xIm, y0));

                minus = xIm.neg();
                sRe = restRe.fma(xRe, restIm.fma(minus, bRe.mul(u1)));
                sIm = restRe.fma(xIm, restIm.fma(xRe, bIm.mul(u1)));
                sRe = aRe.fma(xRe, aIm.fma(minus, sRe));
                sIm = aRe.fma(xIm, aIm.fma(xRe, sIm));
                y1 = cRe.fma(sRe, cIm.fma(sIm, y1));

                minus = sIm.neg();
                xRe = restRe.fma(sRe, restIm.fma(minus, bRe.mul(u2)));
                xIm = restRe.fma(sIm, restIm.fma(sRe, bIm.mul(u2)));
                xRe = aRe.fma(sRe, aIm.fma(minus, xRe));
                xIm = aRe.fma(sIm, aIm.fma(sRe, xIm));
                y2 = cRe.fma(xRe, cIm.fma(xIm, y2));

                minus = xIm.neg();
                sRe = restRe.fma(xRe, restIm.fma(minus, bRe.mul(u3)));
                sIm = restRe.fma(xIm, restIm.fma(xRe, bIm.mul(u3)));
                sRe = aRe.fma(xRe, aIm.fma(minus, sRe));
                sIm = aRe.fma(xIm, aIm.fma(xRe, sIm));
                y3 = cRe.fma(sRe, cIm.fma(sIm, y3));

                sRe.intoArray(state, re);
                sIm.intoArray(state, re + channels);
                re += 2 * channels;
            }
            y0.intoArray(out, at + h);
            y1.intoArray(out, at1 + h);
            y2.intoArray(out, at2 + h);
            y3.intoArray(out, at3 + h);
        }
        for (int t = 0; t < TOKENS && whole < channels; t++) {
            int token = at + t * channels;
            begin(in, token, 0);
            stepRest(state, row, table, in, token, 0);
            System.arraycopy(sum, whole, out, token + whole, channels - whole);
        }
    }

    /** What the input itself gives to the outputs. */
    private void begin(float[] in, int at, int into) {
        for (int h = 0; h < channels; h++) {
            sum[into + h] = d[h] * in[at + h];
        }
    }

    /** The channels that do not fill a vector. */
    private void stepRest(float[] state, int row, float[] table, float[] in, int at, int into) {
        for (int h = whole; h < channels; h++) {
            float u = in[at + h];
            float y = sum[into + h];
            int re = row + h;
            for (int k = h; k < size; k += channels) {
                int im = re + channels;
                float sRe = state[re];
                float sIm = state[im];
                float restRe = table[2 * size + k];
                float restIm = table[3 * size + k];
                float xRe = Math.fma(restRe, sRe, Math.fma(restIm, -sIm, table[4 * size + k] * u));
                float xIm = Math.fma(restRe, sIm, Math.fma(restIm, sRe, table[5 * size + k] * u));
                xRe = Math.fma(table[k], sRe, Math.fma(table[size + k], -sIm, xRe));
                xIm = Math.fma(table[k], sIm, Math.fma(table[size + k], sRe, xIm));
                state[re] = xRe;
                state[im] = xIm;
                y = Math.fma(c[k], xRe, Math.fma(minusIm[k], xIm, y));
                re += 2 * channels;
            }
            sum[into + h] = y;
        }
    }
}
