package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Linear;
import java.util.Arrays;

/** {@link Linear} as one matrix product over all tokens of the batch; sums start at the bias. */
final class VectorLinear implements OpKernel {
    private final Linear op;
    private final PackedWeights weight;

    VectorLinear(Linear op) {
        this.op = op;
        this.weight =
                PackedWeights.pack(op.format(), op.weight(), op.out().width(), op.in().width());
    }

    @Override
    public void run(KernelFrame frame) {
        int tokens = frame.batch().tokenCount();
        int outDim = op.out().width();
        float[] out = frame.values(op.out());
        float[] bias = op.bias();
        if (bias == null) {
            Arrays.fill(out, 0, tokens * outDim, 0f);
        } else {
            for (int t = 0; t < tokens; t++) {
                System.arraycopy(bias, 0, out, t * outDim, outDim);
            }
        }
        weight.accumulate(frame.values(op.in()), 0, tokens, out, 0);
    }
}
