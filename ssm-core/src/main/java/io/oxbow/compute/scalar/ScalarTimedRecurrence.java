package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.TimedRecurrence;

/** {@link TimedRecurrence}, a stream's tokens in order, a channel's row at a time, in double. */
final class ScalarTimedRecurrence implements OpKernel {
    private final TimedRecurrence op;
    private final GapTables<double[]> tables;
    private final double[] next;

    ScalarTimedRecurrence(TimedRecurrence op) {
        this.op = op;
        this.tables = GapTables.doubles(op.stepping());
        this.next = new double[op.order()];
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        float[] dt = batch.dt();
        float[] state = frame.states().floats();
        int rowFloats = frame.states().layout().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        int width = op.out().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = batch.slots()[s] * rowFloats + op.memory().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                double[] table = tables.after(dt[t]);
                for (int c = 0; c < channels; c++) {
                    step(state, row + c * op.order(), table, in[t * channels + c]);
                }
                System.arraycopy(state, row, out, t * width, width);
            }
        }
    }

    private void step(float[] memory, int at, double[] table, float u) {
        int order = op.order();
        int b = order * order;
        for (int i = 0; i < order; i++) {
            double sum = table[b + i] * u;
            for (int j = 0; j < order; j++) {
                sum += table[i * order + j] * memory[at + j];
            }
            next[i] = sum;
        }
        for (int i = 0; i < order; i++) {
            memory[at + i] = (float) next[i];
        }
    }
}
