package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.RunningMean;

/** {@link RunningMean}: {@code mean += (in - mean) / count}. */
final class ScalarRunningMean implements OpKernel {
    private final RunningMean op;

    ScalarRunningMean(RunningMean op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        StateRows states = frame.states();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int width = op.in().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int slot = batch.slots()[s];
            int row = slot * states.layout().floats();
            int count = slot * states.layout().longs() + op.steps().offset();
            for (int t = batch.offsets()[s]; t < batch.offsets()[s + 1]; t++) {
                long steps = ++states.longs()[count];
                step(states.floats(), row, steps, in, t * width);
                System.arraycopy(states.floats(), row + op.mean().offset(), out, t * width, width);
            }
        }
    }

    private void step(float[] state, int row, long steps, float[] in, int at) {
        int high = row + op.mean().offset();
        int low = row + op.meanLow().offset();
        for (int i = 0; i < op.in().width(); i++) {
            double mean = (double) state[high + i] + state[low + i];
            mean += (in[at + i] - mean) / steps;
            state[high + i] = (float) mean;
            state[low + i] = (float) (mean - state[high + i]);
        }
    }
}
