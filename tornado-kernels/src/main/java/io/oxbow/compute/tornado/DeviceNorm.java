package io.oxbow.compute.tornado;

import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.Softmax;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Operations on each token as a whole: a work-group a token, or a part of one. Each work-item sums
 * every 64th element in double; then all of them add up the 64 sums, in order, from local memory.
 *
 * <p>A launch has as many groups as parts, and a group too many only for an empty batch: it reads
 * the first token's memory and writes nothing, so that all its work-items meet at the barriers.
 */
final class DeviceNorm {
    private static final int GROUP = Launches.GROUP;

    private DeviceNorm() {}

    static DeviceOp layerNorm(LayerNorm op) {
        int width = op.in().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("layerNorm", GROUP),
                                DeviceNorm::layerNorm,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.keep(op.weight()),
                                frame.keepOr(op.bias(), width, 0),
                                op.epsilon(),
                                width);
    }

    static DeviceOp rmsNorm(RmsNorm op) {
        int width = op.in().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("rmsNorm", GROUP * op.groups()),
                                DeviceNorm::rmsNorm,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.keep(op.weight()),
                                op.epsilon(),
                                op.groups(),
                                width / op.groups());
    }

    static DeviceOp softmax(Softmax op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("softmax", GROUP),
                                DeviceNorm::softmax,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                op.in().width());
    }

    static void layerNorm(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            FloatArray bias,
            float epsilon,
            int width) {
        double[] sums = context.allocateDoubleLocalArray(GROUP);
        double[] squares = context.allocateDoubleLocalArray(GROUP);
        int lane = context.localIdx;
        int at = context.groupIdx * width;
        double sum = 0;
        for (int i = lane; i < width; i += GROUP) {
            sum += in.get(at + i);
        }
        sums[lane] = sum;
        context.localBarrier();
        double mean = 0;
        for (int i = 0; i < GROUP; i++) {
            mean += sums[i];
        }
        mean = mean / width;
        double square = 0;
        for (int i = lane; i < width; i += GROUP) {
            double d = in.get(at + i) - mean;
            square += d * d;
        }
        squares[lane] = square;
        context.localBarrier();
        double total = 0;
        for (int i = 0; i < GROUP; i++) {
            total += squares[i];
        }
        double scale = 1 / TornadoMath.sqrt(total / width + epsilon);
        if (context.groupIdx < sizes.get(DeviceBatch.TOKENS)) {
            for (int i = lane; i < width; i += GROUP) {
                double value = (in.get(at + i) - mean) * scale * weight.get(i);
                out.set(at + i, (float) (value + bias.get(i)));
            }
        }
    }

    /**
     * @param part width of one part of a token
     */
    static void rmsNorm(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            float epsilon,
            int parts,
            int part) {
        double[] sums = context.allocateDoubleLocalArray(GROUP);
        int lane = context.localIdx;
        int at = context.groupIdx * part;
        double sum = 0;
        for (int i = lane; i < part; i += GROUP) {
            double x = in.get(at + i);
            sum += x * x;
        }
        sums[lane] = sum;
        context.localBarrier();
        double total = 0;
        for (int i = 0; i < GROUP; i++) {
            total += sums[i];
        }
        double scale = 1 / TornadoMath.sqrt(total / part + epsilon);
        int t = context.groupIdx / parts;
        int from = (context.groupIdx - t * parts) * part;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            for (int i = lane; i < part; i += GROUP) {
                out.set(at + i, (float) (in.get(at + i) * scale * weight.get(from + i)));
            }
        }
    }

    static void softmax(
            KernelContext context, IntArray sizes, FloatArray in, FloatArray out, int width) {
        float[] tops = context.allocateFloatLocalArray(GROUP);
        double[] sums = context.allocateDoubleLocalArray(GROUP);
        int lane = context.localIdx;
        int at = context.groupIdx * width;
        float top = in.get(at);
        for (int i = lane; i < width; i += GROUP) {
            float x = in.get(at + i);
            if (x > top) {
                top = x;
            }
        }
        tops[lane] = top;
        context.localBarrier();
        float largest = tops[0];
        for (int i = 1; i < GROUP; i++) {
            if (tops[i] > largest) {
                largest = tops[i];
            }
        }
        double sum = 0;
        for (int i = lane; i < width; i += GROUP) {
            sum += (float) TornadoMath.exp((double) (in.get(at + i) - largest));
        }
        sums[lane] = sum;
        context.localBarrier();
        double total = 0;
        for (int i = 0; i < GROUP; i++) {
            total += sums[i];
        }
        float scale = (float) (1 / total);
        if (context.groupIdx < sizes.get(DeviceBatch.TOKENS)) {
            for (int i = lane; i < width; i += GROUP) {
                float e = (float) TornadoMath.exp((double) (in.get(at + i) - largest));
                out.set(at + i, e * scale);
            }
        }
    }
}
