package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.Add;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Gate;
import io.oxbow.plan.Maximum;

/** Operations on each element of each token by itself. */
final class ScalarElementwise {

    private ScalarElementwise() {}

    static OpKernel add(Add op) {
        int width = op.out().width();
        return frame -> {
            float[] left = frame.values(op.left());
            float[] right = frame.values(op.right());
            float[] out = frame.values(op.out());
            float[] scale = op.scale();
            int count = count(frame, width);
            if (scale == null) {
                for (int i = 0; i < count; i++) {
                    out[i] = left[i] + right[i];
                }
                return;
            }
            for (int t = 0; t < count; t += width) {
                for (int i = 0; i < width; i++) {
                    out[t + i] = left[t + i] + scale[i] * right[t + i];
                }
            }
        };
    }

    static OpKernel maximum(Maximum op) {
        return frame -> {
            float[] left = frame.values(op.left());
            float[] right = frame.values(op.right());
            float[] out = frame.values(op.out());
            int count = count(frame, op.out().width());
            for (int i = 0; i < count; i++) {
                out[i] = Math.max(left[i], right[i]);
            }
        };
    }

    static OpKernel activation(Activation op) {
        return frame -> {
            float[] in = frame.values(op.in());
            float[] out = frame.values(op.out());
            int count = count(frame, op.out().width());
            for (int i = 0; i < count; i++) {
                out[i] = ScalarFunctions.value(op.function(), in[i]);
            }
        };
    }

    static OpKernel gate(Gate op) {
        return frame -> {
            float[] in = frame.values(op.in());
            float[] gate = frame.values(op.gate());
            float[] out = frame.values(op.out());
            int count = count(frame, op.out().width());
            for (int i = 0; i < count; i++) {
                out[i] = in[i] * ScalarFunctions.value(op.function(), gate[i]);
            }
        };
    }

    static OpKernel clamp(Clamp op) {
        return frame -> {
            int count = count(frame, op.out().width());
            float[] in = frame.values(op.in());
            float[] out = frame.values(op.out());
            float low = op.low();
            float high = op.high();
            for (int i = 0; i < count; i++) {
                out[i] = Math.min(Math.max(in[i], low), high);
            }
        };
    }

    private static int count(KernelFrame frame, int width) {
        return frame.batch().tokenCount() * width;
    }
}
