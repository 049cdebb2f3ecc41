package io.oxbow.compute.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels, in the subset of Java that TornadoVM compiles for the device.
 *
 * <p>An {@code int} parameter becomes a constant of the compiled kernel, so only dimensions of the
 * plan are passed that way; what changes from batch to batch comes in {@code sizes} (see {@link
 * DeviceBatch}). Launches are rounded up to whole work-groups: work-items past the end do nothing.
 *
 * <p>Every output is summed by one work-item in index order, so its bits do not depend on the rest
 * of the batch. The class must be compiled with {@code -g}: the device compiler reads the local
 * variable table, and copies parameter names into OpenCL C, so they must not be its keywords.
 */
final class DeviceKernels {

    private DeviceKernels() {}

    /**
     * {@link io.oxbow.plan.Linear}: a work-item an output of a token.
     *
     * @param in (T, inDim)
     * @param out (T, outDim)
     * @param weight (inDim, outDim): neighbouring work-items read neighbouring floats
     * @param bias (outDim)
     */
    static void linear(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            FloatArray bias,
            int inDim,
            int outDim) {
        int item = context.globalIdx;
        int t = item / outDim;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int o = item - t * outDim;
            float sum = bias.get(o);
            for (int i = 0; i < inDim; i++) {
                sum += weight.get(i * outDim + o) * in.get(t * inDim + i);
            }
            out.set(item, sum);
        }
    }

    /**
     * {@link io.oxbow.plan.DenseRecurrence}: a work-item a channel of a stream, which walks the
     * stream's tokens in order.
     *
     * @param in (T, channels)
     * @param out (T, channels, order)
     * @param states (capacity, rowFloats), advanced
     * @param a (order, order)
     * @param b (order)
     */
    static void denseRecurrence(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            FloatArray a,
            FloatArray b,
            int channels,
            int order,
            int rowFloats,
            int memoryOffset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int memory = slots.get(s) * rowFloats + memoryOffset + c * order;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                float u = in.get(t * channels + c);
                int next = (t * channels + c) * order;
                for (int i = 0; i < order; i++) {
                    float sum = b.get(i) * u;
                    for (int j = 0; j < order; j++) {
                        sum += a.get(i * order + j) * states.get(memory + j);
                    }
                    out.set(next + i, sum);
                }
                for (int i = 0; i < order; i++) {
                    states.set(memory + i, out.get(next + i));
                }
            }
        }
    }

    /**
     * Copies a register to its field of the output rows: a work-item a float.
     *
     * @param values (T, width)
     * @param outputs (T, stride)
     */
    static void field(
            KernelContext context,
            IntArray sizes,
            FloatArray values,
            FloatArray outputs,
            int width,
            int offset,
            int stride) {
        int item = context.globalIdx;
        int t = item / width;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            outputs.set(t * stride + offset + item - t * width, values.get(item));
        }
    }

    /** Gathers the rows of {@code rowSlots} side by side: a work-item a float. */
    static void gather(
            KernelContext context,
            IntArray rowCount,
            IntArray rowSlots,
            FloatArray states,
            FloatArray rows,
            int rowFloats) {
        int item = context.globalIdx;
        int r = item / rowFloats;
        if (r < rowCount.get(0)) {
            rows.set(item, states.get(rowSlots.get(r) * rowFloats + item - r * rowFloats));
        }
    }

    /** Scatters rows to their slots: a work-item a float. */
    static void scatter(
            KernelContext context,
            IntArray rowCount,
            IntArray rowSlots,
            FloatArray rows,
            FloatArray states,
            int rowFloats) {
        int item = context.globalIdx;
        int r = item / rowFloats;
        if (r < rowCount.get(0)) {
            states.set(rowSlots.get(r) * rowFloats + item - r * rowFloats, rows.get(item));
        }
    }
}
