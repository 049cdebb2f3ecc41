package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.SelectiveScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SelectiveScan}, a lane a channel: two vectors of channels, or one of two tokens where a
 * stream has them, run through all their modes with step, input and output in registers.
 */
final class VectorSelectiveScan implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final SelectiveScan op;
    private final int channels;
    private final int modes;
    private final float[] d;

    /** (modes, channels): A / ln 2, so that a decay is a power of two. */
    private final float[] rate;

    VectorSelectiveScan(SelectiveScan op) {
        this.op = op;
        this.channels = op.channels();
        this.modes = op.modes();
        this.d = op.d();
        this.rate = new float[op.a().length];
        for (int i = 0; i < rate.length; i++) {
            rate[i] = (float) (op.a()[i] / Math.log(2));
        }
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        float[] dt = frame.values(op.dt());
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] y = frame.values(op.out());
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            int t = offsets[s];
            int end = offsets[s + 1];
            for (; t + 2 <= end; t += 2) {
                int i = 0;
                for (; i + LANES <= channels; i += LANES) {
                    stepTokens(state, row, x, dt, b, c, y, t, i);
                }
                for (; i < channels; i++) {
                    stepChannel(state, row, x, dt, b, c, y, t, i);
                    stepChannel(state, row, x, dt, b, c, y, t + 1, i);
                }
            }
            for (; t < end; t++) {
                int i = 0;
                for (; i + 2 * LANES <= channels; i += 2 * LANES) {
                    stepTwo(state, row, x, dt, b, c, y, t, i);
                }
                for (; i + LANES <= channels; i += LANES) {
                    stepVector(state, row, x, dt, b, c, y, t, i);
                }
                for (; i < channels; i++) {
                    stepChannel(state, row, x, dt, b, c, y, t, i);
                }
            }
        }
    }

    /** Tokens {@code t} and {@code t + 1} of one stream. */
    private void stepTokens(
            float[] state,
            int row,
            float[] x,
            float[] dt,
            float[] b,
            float[] c,
            float[] y,
            int t,
            int i) {
        int at = t * channels + i;
        int next = at + channels;
        int end = (t + 1) * modes;
        FloatVector through = FloatVector.fromArray(SPECIES, d, i);
        FloatVector step0 = FloatVector.fromArray(SPECIES, dt, at);
        FloatVector step1 = FloatVector.fromArray(SPECIES, dt, next);
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, next);
        FloatVector y0 = through.mul(x0);
        FloatVector y1 = through.mul(x1);
        FloatVector drive0 = step0.mul(x0);
        FloatVector drive1 = step1.mul(x1);
        int j = i;
        for (int n = t * modes; n < end; n++) {
            FloatVector a = FloatVector.fromArray(SPECIES, rate, j);
            FloatVector h = FloatVector.fromArray(SPECIES, state, row + j);
            FloatVector bn = FloatVector.broadcast(SPECIES, b[n]);
            h = h.fma(VectorMath.powerOfTwo(step0, a), drive0.mul(bn));
            y0 = h.fma(FloatVector.broadcast(SPECIES, c[n]), y0);
            bn = FloatVector.broadcast(SPECIES, b[n + modes]);
            h = h.fma(VectorMath.powerOfTwo(step1, a), drive1.mul(bn));
            y1 = h.fma(FloatVector.broadcast(SPECIES, c[n + modes]), y1);
            h.intoArray(state, row + j);
            j += channels;
        }
        y0.intoArray(y, at);
        y1.intoArray(y, next);
    }

    private void stepTwo(
            float[] state,
            int row,
            float[] x,
            float[] dt,
            float[] b,
            float[] c,
            float[] y,
            int t,
            int i) {
        int at = t * channels + i;
        int end = (t + 1) * modes;
        FloatVector step0 = FloatVector.fromArray(SPECIES, dt, at);
        FloatVector step1 = FloatVector.fromArray(SPECIES, dt, at + LANES);
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, d, i).mul(x0);
        FloatVector y1 = FloatVector.fromArray(SPECIES, d, i + LANES).mul(x1);
        FloatVector drive0 = step0.mul(x0);
        FloatVector drive1 = step1.mul(x1);
        int j = i;
        for (int n = t * modes; n < end; n++) {
            FloatVector bn = FloatVector.broadcast(SPECIES, b[n]);
            FloatVector cn = FloatVector.broadcast(SPECIES, c[n]);
            FloatVector a0 = FloatVector.fromArray(SPECIES, rate, j);
            FloatVector a1 = FloatVector.fromArray(SPECIES, rate, j + LANES);
            FloatVector h0 = FloatVector.fromArray(SPECIES, state, row + j);
            FloatVector h1 = FloatVector.fromArray(SPECIES, state, row + j + LANES);
            h0 = h0.fma(VectorMath.powerOfTwo(step0, a0), drive0.mul(bn));
            h1 = h1.fma(VectorMath.powerOfTwo(step1, a1), drive1.mul(bn));
            h0.intoArray(state, row + j);
            h1.intoArray(state, row + j + LANES);
            y0 = h0.fma(cn, y0);
            y1 = h1.fma(cn, y1);
            j += channels;
        }
        y0.intoArray(y, at);
        y1.intoArray(y, at + LANES);
    }

    private void stepVector(
            float[] state,
            int row,
            float[] x,
            float[] dt,
            float[] b,
            float[] c,
            float[] y,
            int t,
            int i) {
        int at = t * channels + i;
        int end = (t + 1) * modes;
        FloatVector step = FloatVector.fromArray(SPECIES, dt, at);
        FloatVector in = FloatVector.fromArray(SPECIES, x, at);
        FloatVector sum = FloatVector.fromArray(SPECIES, d, i).mul(in);
        FloatVector drive = step.mul(in);
        int j = i;
        for (int n = t * modes; n < end; n++) {
            FloatVector bn = FloatVector.broadcast(SPECIES, b[n]);
            FloatVector a = FloatVector.fromArray(SPECIES, rate, j);
            FloatVector h = FloatVector.fromArray(SPECIES, state, row + j);
            h = h.fma(VectorMath.powerOfTwo(step, a), drive.mul(bn));
            h.intoArray(state, row + j);
            sum = h.fma(FloatVector.broadcast(SPECIES, c[n]), sum);
            j += channels;
        }
        sum.intoArray(y, at);
    }

    private void stepChannel(
            float[] state,
            int row,
            float[] x,
            float[] dt,
            float[] b,
            float[] c,
            float[] y,
            int t,
            int i) {
        int at = t * channels + i;
        float sum = d[i] * x[at];
        float drive = dt[at] * x[at];
        for (int n = 0; n < modes; n++) {
            int j = n * channels + i;
            float decay = VectorMath.powerOfTwo(dt[at], rate[j]);
            float h = Math.fma(state[row + j], decay, drive * b[t * modes + n]);
            state[row + j] = h;
            sum = Math.fma(h, c[t * modes + n], sum);
        }
        y[at] = sum;
    }
}
