package io.oxbow.compute.scalar;

import io.oxbow.compute.OpKernel;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.Softmax;

/** Operations on each token as a whole, sums in double. */
final class ScalarNorm {

    private ScalarNorm() {}

    static OpKernel layerNorm(LayerNorm op) {
        int width = op.in().width();
        return frame -> {
            float[] in = frame.values(op.in());
            float[] out = frame.values(op.out());
            int end = frame.batch().tokenCount() * width;
            for (int at = 0; at < end; at += width) {
                layerNorm(in, out, at, width, op);
            }
        };
    }

    private static void layerNorm(float[] in, float[] out, int at, int width, LayerNorm op) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += in[at + i];
        }
        double mean = sum / width;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double d = in[at + i] - mean;
            squares += d * d;
        }
        double scale = 1 / Math.sqrt(squares / width + op.epsilon());
        float[] weight = op.weight();
        float[] bias = op.bias();
        for (int i = 0; i < width; i++) {
            double value = (in[at + i] - mean) * scale * weight[i];
            out[at + i] = (float) (bias == null ? value : value + bias[i]);
        }
    }

    static OpKernel rmsNorm(RmsNorm op) {
        int width = op.in().width();
        int part = width / op.groups();
        return frame -> {
            float[] in = frame.values(op.in());
            float[] out = frame.values(op.out());
            float[] weight = op.weight();
            int end = frame.batch().tokenCount() * width;
            for (int at = 0; at < end; at += part) {
                double squares = 0;
                for (int i = 0; i < part; i++) {
                    squares += (double) in[at + i] * in[at + i];
                }
                double scale = 1 / Math.sqrt(squares / part + op.epsilon());
                int from = at % width;
                for (int i = 0; i < part; i++) {
                    out[at + i] = (float) (in[at + i] * scale * weight[from + i]);
                }
            }
        };
    }

    static OpKernel softmax(Softmax op) {
        int width = op.in().width();
        return frame -> {
            float[] in = frame.values(op.in());
            float[] out = frame.values(op.out());
            int end = frame.batch().tokenCount() * width;
            for (int at = 0; at < end; at += width) {
                softmax(in, out, at, width);
            }
        };
    }

    private static void softmax(float[] in, float[] out, int at, int width) {
        float largest = in[at];
        for (int i = 1; i < width; i++) {
            largest = Math.max(largest, in[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            out[at + i] = (float) Math.exp(in[at + i] - largest);
            sum += out[at + i];
        }
        float scale = (float) (1 / sum);
        for (int i = 0; i < width; i++) {
            out[at + i] *= scale;
        }
    }
}
