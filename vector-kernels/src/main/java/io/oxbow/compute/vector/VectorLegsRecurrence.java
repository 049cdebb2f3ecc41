package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.LegsRecurrence;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link LegsRecurrence} by its two rules of O(order), a lane a channel, in doubles. A memory's
 * coefficients depend on each other one after the other, so the lanes must be channels although the
 * state keeps a channel's coefficients together: as many memories as there are lanes are turned
 * about on their way in and out.
 */
final class VectorLegsRecurrence implements OpKernel {
    private static final int LANES = Wide.LANES;

    private final LegsRecurrence op;
    private final int channels;
    private final int order;
    private final double[] root;

    /** (order): what the token before it was worth, {@code h / (1 + w h (n + 1))}. */
    private final double[] gain;

    /** (order, lanes) */
    private final double[] memory;

    private final double[] input = new double[LANES];

    VectorLegsRecurrence(LegsRecurrence op) {
        this.op = op;
        this.channels = op.in().width();
        this.order = op.order();
        this.root = new double[order];
        for (int n = 0; n < order; n++) {
            root[n] = Math.sqrt(2 * n + 1);
        }
        this.gain = new double[order];
        this.memory = new double[order * LANES];
    }

    /** Whether the rule runs along the coefficients, and there are channels enough to gain by. */
    static boolean suits(LegsRecurrence op) {
        return op.rule() != LegsRecurrence.Rule.ZOH && op.in().width() > LANES / 2;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        StateRows states = frame.states();
        long[] longs = states.longs();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * states.layout().floats();
            int count = slots[s] * states.layout().longs() + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long steps = longs[count]++;
                prepare(steps);
                for (int c = 0; c < channels; c += LANES) {
                    step(states.floats(), row, c, steps, in, out, t);
                }
            }
        }
    }

    private void prepare(long steps) {
        double h = 1.0 / Math.max(1, steps);
        double w = op.rule() == LegsRecurrence.Rule.BILINEAR ? 0.5 * h : h;
        for (int n = 0; n < order; n++) {
            gain[n] = h / (1 + w * (n + 1));
        }
    }

    /** The channels of one vector from {@code first} on; the last may have fewer than lanes. */
    private void step(
            float[] state, int row, int first, long steps, float[] in, float[] out, int t) {
        int lanes = Math.min(LANES, channels - first);
        int high = row + op.memory().offset() + first * order;
        int low = row + op.memoryLow().offset() + first * order;
        for (int lane = 0; lane < lanes; lane++) {
            input[lane] = in[t * channels + first + lane];
            for (int n = 0; n < order; n++) {
                int at = lane * order + n;
                memory[n * LANES + lane] = (double) state[high + at] + state[low + at];
            }
        }
        if (steps == 0) {
            Arrays.fill(memory, 0);
            System.arraycopy(input, 0, memory, 0, LANES);
        } else if (op.rule() == LegsRecurrence.Rule.BILINEAR) {
            bilinear();
        } else {
            backward();
        }
        int answer = (t * channels + first) * order;
        for (int lane = 0; lane < lanes; lane++) {
            for (int n = 0; n < order; n++) {
                double m = memory[n * LANES + lane];
                float rounded = (float) m;
                int at = lane * order + n;
                state[high + at] = rounded;
                state[low + at] = (float) (m - rounded);
                out[answer + at] = rounded;
            }
        }
    }

    /** As the scalar reference has it, with the division taken out of the chain. */
    private void bilinear() {
        DoubleVector u = DoubleVector.fromArray(Wide.SPECIES, input, 0);
        DoubleVector before = DoubleVector.zero(Wide.SPECIES);
        DoubleVector after = before;
        for (int n = 0; n < order; n++) {
            DoubleVector m = DoubleVector.fromArray(Wide.SPECIES, memory, n * LANES);
            DoubleVector drive = u.sub(before.mul(0.5)).mul(root[n]).sub(m.mul(n + 1));
            DoubleVector next = drive.sub(after.mul(0.5 * root[n])).mul(gain[n]).add(m);
            next.intoArray(memory, n * LANES);
            before = before.add(m.mul(root[n]));
            after = after.add(next.mul(root[n]));
        }
    }

    private void backward() {
        DoubleVector u = DoubleVector.fromArray(Wide.SPECIES, input, 0);
        DoubleVector after = DoubleVector.zero(Wide.SPECIES);
        for (int n = 0; n < order; n++) {
            DoubleVector m = DoubleVector.fromArray(Wide.SPECIES, memory, n * LANES);
            DoubleVector drive = u.mul(root[n]).sub(m.mul(n + 1));
            DoubleVector next = drive.sub(after.mul(root[n])).mul(gain[n]).add(m);
            next.intoArray(memory, n * LANES);
            after = after.add(next.mul(root[n]));
        }
    }
}
