package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.TrapezoidScan;

/** {@link TrapezoidScan}: head after head; a head's channels side by side. */
final class ScalarTrapezoidScan implements OpKernel {
    private static final double TURN = 2 * Math.PI;

    private final TrapezoidScan op;
    private final float[] k;
    private final float[] q;

    ScalarTrapezoidScan(TrapezoidScan op) {
        this.op = op;
        this.k = new float[op.modes()];
        this.q = new float[op.modes()];
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int rowFloats = frame.states().layout().floats();
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        int channels = op.channels();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = batch.slots()[s] * rowFloats;
            for (int t = batch.offsets()[s]; t < batch.offsets()[s + 1]; t++) {
                for (int head = 0; head < op.heads(); head++) {
                    turn(frame, row, t, head);
                    advance(frame, row, t, head);
                }
                System.arraycopy(x, t * channels, state, row + op.state().x().offset(), channels);
            }
        }
    }

    /** Adds to the head's angles and makes its k and q. */
    private void turn(KernelFrame frame, int row, int t, int head) {
        float[] state = frame.states().floats();
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] rotation = frame.values(op.rotation());
        float[] biasB = op.biasB();
        float[] biasC = op.biasC();
        int modes = op.modes();
        int angles = op.angles();
        int group = head / (op.heads() / op.groups());
        int from = (t * op.groups() + group) * modes;
        for (int n = 0; n < modes; n++) {
            k[n] = b[from + n] + biasB[head * modes + n];
            q[n] = c[from + n] + biasC[head * modes + n];
        }
        int high = row + op.state().angle().offset() + head * angles;
        int low = row + op.state().angleLow().offset() + head * angles;
        double dt = frame.values(op.dt())[t * op.heads() + head];
        for (int j = 0; j < angles; j++) {
            double angle = (double) state[high + j] + state[low + j];
            angle += Math.PI * dt * rotation[t * angles + j];
            angle -= TURN * Math.rint(angle / TURN);
            state[high + j] = (float) angle;
            state[low + j] = (float) (angle - state[high + j]);
            float cos = (float) Math.cos(angle);
            float sin = (float) Math.sin(angle);
            turnPair(k, 2 * j, cos, sin);
            turnPair(q, 2 * j, cos, sin);
        }
    }

    private static void turnPair(float[] values, int at, float cos, float sin) {
        float first = values[at];
        float second = values[at + 1];
        values[at] = first * cos - second * sin;
        values[at + 1] = first * sin + second * cos;
    }

    private void advance(KernelFrame frame, int row, int t, int head) {
        float[] state = frame.states().floats();
        float[] x = frame.values(op.x());
        float[] y = frame.values(op.out());
        float[] d = op.d();
        int channels = op.channels();
        int modes = op.modes();
        int headDim = channels / op.heads();
        int first = head * headDim;
        int at = t * channels + first;
        int scalar = t * op.heads() + head;
        float dt = frame.values(op.dt())[scalar];
        float mix = frame.values(op.mix())[scalar];
        float decay = (float) Math.exp(-dt * frame.values(op.decay())[scalar]);
        float before = decay * dt * (1 - mix);
        float now = dt * mix;
        int xBefore = row + op.state().x().offset() + first;
        int kBefore = row + op.state().k().offset() + head * modes;
        for (int p = 0; p < headDim; p++) {
            y[at + p] = d[first + p] * x[at + p];
        }
        for (int n = 0; n < modes; n++) {
            float old = before * state[kBefore + n];
            float fresh = now * k[n];
            float qn = q[n];
            int mode = row + op.state().h().offset() + first * modes + n * headDim;
            for (int p = 0; p < headDim; p++) {
                float h = decay * state[mode + p] + old * state[xBefore + p] + fresh * x[at + p];
                state[mode + p] = h;
                y[at + p] += qn * h;
            }
        }
        System.arraycopy(k, 0, state, kBefore, modes);
    }
}
