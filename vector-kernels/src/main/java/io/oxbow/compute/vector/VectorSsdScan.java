package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.SsdScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SsdScan}, head after head, a lane a channel: four vectors of a head's channels run through
 * all modes with input and output in registers.
 */
final class VectorSsdScan implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final SsdScan op;
    private final int headDim;
    private final int modes;
    private final float[] d;

    private final VectorSsdFour four;

    VectorSsdScan(SsdScan op) {
        this.op = op;
        this.headDim = op.channels() / op.heads();
        this.modes = op.modes();
        this.d = op.d();
        this.four = new VectorSsdFour(op, this);
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.state().offset();
            int t = offsets[s];
            for (; t + VectorSsdFour.TOKENS <= offsets[s + 1]; t += VectorSsdFour.TOKENS) {
                four.run(frame, row, t);
            }
            for (; t < offsets[s + 1]; t++) {
                token(frame, row, t);
            }
        }
    }

    /** One token of a head, from its channel {@code p} on. */
    void rest(
            float[] state,
            int h,
            int p,
            float step,
            float decay,
            float[] x,
            float[] b,
            float[] c,
            int projected,
            float[] y,
            int at,
            int first) {
        int q = p;
        for (; q + LANES <= headDim; q += LANES) {
            stepVector(state, h + q, step, decay, x, b, c, projected, y, at + q, first + q);
        }
        for (; q < headDim; q++) {
            stepChannel(state, h + q, step, decay, x, b, c, projected, y, at + q, first + q);
        }
    }

    private void token(KernelFrame frame, int row, int t) {
        float[] state = frame.states().floats();
        float[] dt = frame.values(op.dt());
        float[] x = frame.values(op.x());
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] y = frame.values(op.out());
        int heads = op.heads();
        int headsOfGroup = heads / op.groups();
        for (int head = 0; head < heads; head++) {
            int first = head * headDim;
            int projected = (t * op.groups() + head / headsOfGroup) * modes;
            float step = dt[t * heads + head];
            float decay = (float) Math.exp(step * op.a()[head]);
            int h = row + first * modes;
            int at = t * heads * headDim + first;
            int p = 0;
            for (; p + 4 * LANES <= headDim; p += 4 * LANES) {
                stepFour(state, h + p, step, decay, x, b, c, projected, y, at + p, first + p);
            }
            rest(state, h, p, step, decay, x, b, c, projected, y, at, first);
        }
    }

    private void stepFour(
            float[] state,
            int h,
            float dt,
            float decay,
            float[] x,
            float[] b,
            float[] c,
            int projected,
            float[] y,
            int at,
            int channel) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
        FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
        FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, d, channel).mul(x0);
        FloatVector y1 = FloatVector.fromArray(SPECIES, d, channel + LANES).mul(x1);
        FloatVector y2 = FloatVector.fromArray(SPECIES, d, channel + 2 * LANES).mul(x2);
        FloatVector y3 = FloatVector.fromArray(SPECIES, d, channel + 3 * LANES).mul(x3);
        FloatVector keep = FloatVector.broadcast(SPECIES, decay);
        int j = h;
        for (int n = projected; n < projected + modes; n++) {
            FloatVector bn = FloatVector.broadcast(SPECIES, dt * b[n]);
            FloatVector cn = FloatVector.broadcast(SPECIES, c[n]);
            FloatVector h0 = FloatVector.fromArray(SPECIES, state, j).fma(keep, x0.mul(bn));
            FloatVector h1 = FloatVector.fromArray(SPECIES, state, j + LANES).fma(keep, x1.mul(bn));
            FloatVector h2 =
                    FloatVector.fromArray(SPECIES, state, j + 2 * LANES).fma(keep, x2.mul(bn));
            FloatVector h3 =
                    FloatVector.fromArray(SPECIES, state, j + 3 * LANES).fma(keep, x3.mul(bn));
            h0.intoArray(state, j);
            h1.intoArray(state, j + LANES);
            h2.intoArray(state, j + 2 * LANES);
            h3.intoArray(state, j + 3 * LANES);
            y0 = h0.fma(cn, y0);
            y1 = h1.fma(cn, y1);
            y2 = h2.fma(cn, y2);
            y3 = h3.fma(cn, y3);
            j += headDim;
        }
        y0.intoArray(y, at);
        y1.intoArray(y, at + LANES);
        y2.intoArray(y, at + 2 * LANES);
        y3.intoArray(y, at + 3 * LANES);
    }

    private void stepVector(
            float[] state,
            int h,
            float dt,
            float decay,
            float[] x,
            float[] b,
            float[] c,
            int projected,
            float[] y,
            int at,
            int channel) {
        FloatVector in = FloatVector.fromArray(SPECIES, x, at);
        FloatVector sum = FloatVector.fromArray(SPECIES, d, channel).mul(in);
        FloatVector keep = FloatVector.broadcast(SPECIES, decay);
        int j = h;
        for (int n = projected; n < projected + modes; n++) {
            FloatVector next =
                    FloatVector.fromArray(SPECIES, state, j).fma(keep, in.mul(dt * b[n]));
            next.intoArray(state, j);
            sum = next.fma(FloatVector.broadcast(SPECIES, c[n]), sum);
            j += headDim;
        }
        sum.intoArray(y, at);
    }

    private void stepChannel(
            float[] state,
            int h,
            float dt,
            float decay,
            float[] x,
            float[] b,
            float[] c,
            int projected,
            float[] y,
            int at,
            int channel) {
        float sum = d[channel] * x[at];
        for (int n = 0; n < modes; n++) {
            int j = h + n * headDim;
            float next = Math.fma(state[j], decay, x[at] * (dt * b[projected + n]));
            state[j] = next;
            sum = Math.fma(next, c[projected + n], sum);
        }
        y[at] = sum;
    }
}
