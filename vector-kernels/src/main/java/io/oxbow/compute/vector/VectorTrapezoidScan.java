package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.TrapezoidScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TrapezoidScan}, head after head, a lane a channel: two vectors of a head's channels run
 * through all modes with both inputs and the output in registers.
 */
final class VectorTrapezoidScan implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final TrapezoidScan op;
    private final int modes;
    private final int headDim;
    private final float[] d;
    private final VectorTurns turns;
    private final float[] k;
    private final float[] q;

    /** (modes): what the input before and this one are multiplied by. */
    private final float[] old;

    private final float[] fresh;

    VectorTrapezoidScan(TrapezoidScan op) {
        this.op = op;
        this.modes = op.modes();
        this.headDim = op.channels() / op.heads();
        this.d = op.d();
        this.turns = new VectorTurns(op.angles());
        this.k = new float[modes];
        this.q = new float[modes];
        this.old = new float[modes];
        this.fresh = new float[modes];
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        int channels = op.channels();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats;
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                for (int head = 0; head < op.heads(); head++) {
                    turn(frame, state, row, t, head);
                    advance(frame, state, row, t, head);
                }
                System.arraycopy(x, t * channels, state, row + op.state().x().offset(), channels);
            }
        }
    }

    /** Adds to the head's angles and makes its k and q. */
    private void turn(KernelFrame frame, float[] state, int row, int t, int head) {
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] biasB = op.biasB();
        float[] biasC = op.biasC();
        int from = (t * op.groups() + head / (op.heads() / op.groups())) * modes;
        int bias = head * modes;
        for (int n = 0; n < modes; n++) {
            k[n] = b[from + n] + biasB[bias + n];
            q[n] = c[from + n] + biasC[bias + n];
        }
        int angles = op.angles();
        turns.advance(
                state,
                row + op.state().angle().offset() + head * angles,
                row + op.state().angleLow().offset() + head * angles,
                frame.values(op.dt())[t * op.heads() + head],
                frame.values(op.rotation()),
                t * angles);
        turns.turn(k);
        turns.turn(q);
    }

    private void advance(KernelFrame frame, float[] state, int row, int t, int head) {
        float[] x = frame.values(op.x());
        float[] y = frame.values(op.out());
        int scalar = t * op.heads() + head;
        float dt = frame.values(op.dt())[scalar];
        float mix = frame.values(op.mix())[scalar];
        float decay = (float) Math.exp(-dt * frame.values(op.decay())[scalar]);
        float before = decay * dt * (1 - mix);
        float now = dt * mix;
        int kBefore = row + op.state().k().offset() + head * modes;
        for (int n = 0; n < modes; n++) {
            old[n] = before * state[kBefore + n];
            fresh[n] = now * k[n];
        }
        System.arraycopy(k, 0, state, kBefore, modes);
        int first = head * headDim;
        int at = t * op.channels() + first;
        int h = row + op.state().h().offset() + first * modes;
        int xBefore = row + op.state().x().offset() + first;
        int p = 0;
        for (; p + 2 * LANES <= headDim; p += 2 * LANES) {
            stepTwo(state, h + p, xBefore + p, decay, x, y, at + p, first + p);
        }
        for (; p + LANES <= headDim; p += LANES) {
            stepVector(state, h + p, xBefore + p, decay, x, y, at + p, first + p);
        }
        for (; p < headDim; p++) {
            stepChannel(state, h + p, xBefore + p, decay, x[at + p], y, at + p, first + p);
        }
    }

    private void stepTwo(
            float[] state,
            int h,
            int xBefore,
            float decay,
            float[] x,
            float[] y,
            int at,
            int channel) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, state, xBefore);
        FloatVector b1 = FloatVector.fromArray(SPECIES, state, xBefore + LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, d, channel).mul(x0);
        FloatVector y1 = FloatVector.fromArray(SPECIES, d, channel + LANES).mul(x1);
        FloatVector keep = FloatVector.broadcast(SPECIES, decay);
        int j = h;
        for (int n = 0; n < modes; n++) {
            FloatVector o = FloatVector.broadcast(SPECIES, old[n]);
            FloatVector f = FloatVector.broadcast(SPECIES, fresh[n]);
            FloatVector qn = FloatVector.broadcast(SPECIES, q[n]);
            FloatVector h0 =
                    FloatVector.fromArray(SPECIES, state, j).fma(keep, b0.fma(o, x0.mul(f)));
            FloatVector h1 =
                    FloatVector.fromArray(SPECIES, state, j + LANES)
                            .fma(keep, b1.fma(o, x1.mul(f)));
            h0.intoArray(state, j);
            h1.intoArray(state, j + LANES);
            y0 = h0.fma(qn, y0);
            y1 = h1.fma(qn, y1);
            j += headDim;
        }
        y0.intoArray(y, at);
        y1.intoArray(y, at + LANES);
    }

    private void stepVector(
            float[] state,
            int h,
            int xBefore,
            float decay,
            float[] x,
            float[] y,
            int at,
            int channel) {
        FloatVector in = FloatVector.fromArray(SPECIES, x, at);
        FloatVector inBefore = FloatVector.fromArray(SPECIES, state, xBefore);
        FloatVector sum = FloatVector.fromArray(SPECIES, d, channel).mul(in);
        FloatVector keep = FloatVector.broadcast(SPECIES, decay);
        int j = h;
        for (int n = 0; n < modes; n++) {
            FloatVector o = FloatVector.broadcast(SPECIES, old[n]);
            FloatVector next =
                    FloatVector.fromArray(SPECIES, state, j)
                            .fma(keep, inBefore.fma(o, in.mul(fresh[n])));
            next.intoArray(state, j);
            sum = next.fma(FloatVector.broadcast(SPECIES, q[n]), sum);
            j += headDim;
        }
        sum.intoArray(y, at);
    }

    private void stepChannel(
            float[] state,
            int h,
            int xBefore,
            float decay,
            float in,
            float[] y,
            int at,
            int channel) {
        float sum = d[channel] * in;
        for (int n = 0; n < modes; n++) {
            int j = h + n * headDim;
            float next = Math.fma(state[j], decay, Math.fma(state[xBefore], old[n], in * fresh[n]));
            state[j] = next;
            sum = Math.fma(next, q[n], sum);
        }
        y[at] = sum;
    }
}
