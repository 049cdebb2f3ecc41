package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.LegsRecurrence;
import java.util.Arrays;

/** {@link LegsRecurrence}: each rule in O(order) by running sums, except the exact one. */
final class ScalarLegsRecurrence implements OpKernel {
    private final LegsRecurrence op;
    private final double[] root;
    private final double[] memory;
    private final LegsDilation dilation;

    ScalarLegsRecurrence(LegsRecurrence op) {
        this.op = op;
        this.memory = new double[op.order()];
        this.root = new double[op.order()];
        for (int n = 0; n < root.length; n++) {
            root[n] = Math.sqrt(2 * n + 1);
        }
        this.dilation = op.rule() == LegsRecurrence.Rule.ZOH ? new LegsDilation(op.order()) : null;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        StateRows states = frame.states();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        int width = op.out().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int slot = batch.slots()[s];
            int row = slot * states.layout().floats();
            int count = slot * states.layout().longs() + op.steps().offset();
            for (int t = batch.offsets()[s]; t < batch.offsets()[s + 1]; t++) {
                long steps = states.longs()[count]++;
                if (dilation != null && steps > 0) {
                    dilation.prepare(steps);
                }
                for (int c = 0; c < channels; c++) {
                    step(states.floats(), row, c, steps, in[t * channels + c]);
                }
                System.arraycopy(
                        states.floats(), row + op.memory().offset(), out, t * width, width);
            }
        }
    }

    private void step(float[] state, int row, int channel, long steps, double u) {
        int order = op.order();
        int high = row + op.memory().offset() + channel * order;
        int low = row + op.memoryLow().offset() + channel * order;
        for (int n = 0; n < order; n++) {
            memory[n] = (double) state[high + n] + state[low + n];
        }
        advance(steps, u);
        for (int n = 0; n < order; n++) {
            state[high + n] = (float) memory[n];
            state[low + n] = (float) (memory[n] - state[high + n]);
        }
    }

    private void advance(long steps, double u) {
        if (steps == 0) {
            Arrays.fill(memory, 0);
            memory[0] = u;
            return;
        }
        switch (op.rule()) {
            case BILINEAR -> bilinear(1.0 / steps, u);
            case BACKWARD -> backward(1.0 / steps, u);
            case ZOH -> dilation.advance(memory, u);
        }
    }

    /** {@code (I - A h/2) m' = (I + A h/2) m + B h u}, solved downwards for {@code m' - m}. */
    private void bilinear(double h, double u) {
        double before = 0;
        double after = 0;
        for (int n = 0; n < memory.length; n++) {
            double m = memory[n];
            double change = h * (root[n] * (u - 0.5 * (before + after)) - (n + 1) * m);
            memory[n] = m + change / (1 + 0.5 * h * (n + 1));
            before += root[n] * m;
            after += root[n] * memory[n];
        }
    }

    /** {@code (I - A h) m' = m + B h u}, solved downwards for {@code m' - m}. */
    private void backward(double h, double u) {
        double after = 0;
        for (int n = 0; n < memory.length; n++) {
            double m = memory[n];
            double change = h * (root[n] * (u - after) - (n + 1) * m);
            memory[n] = m + change / (1 + h * (n + 1));
            after += root[n] * memory[n];
        }
    }
}
