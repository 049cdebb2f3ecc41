package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Linear;

/** {@link Linear}, one dot product at a time, summed in index order. */
final class ScalarLinear implements OpKernel {
    private final Linear op;

    ScalarLinear(Linear op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        int tokens = frame.batch().tokenCount();
        int inDim = op.in().width();
        int outDim = op.out().width();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        float[] weight = op.weight();
        float[] bias = op.bias();
        for (int t = 0; t < tokens; t++) {
            for (int o = 0; o < outDim; o++) {
                float sum = 0;
                for (int i = 0; i < inDim; i++) {
                    sum += weight[o * inDim + i] * in[t * inDim + i];
                }
                out[t * outDim + o] = bias == null ? sum : sum + bias[o];
            }
        }
    }
}
