package io.oxbow.compute.tornado;

import io.oxbow.plan.Activation;
import io.oxbow.plan.Add;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Embedding;
import io.oxbow.plan.Gate;
import io.oxbow.plan.Maximum;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Operations on each element of each token by itself: a work-item an element. Comparisons are
 * written so that what is not a number stays so; the device's own minimum would swallow it.
 */
final class DeviceElementwise {

    private DeviceElementwise() {}

    static DeviceOp add(Add op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("add", width),
                                DeviceElementwise::add,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.left()),
                                frame.values(op.right()),
                                frame.values(op.out()),
                                frame.keepOr(op.scale(), width, 1),
                                width);
    }

    static DeviceOp maximum(Maximum op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("maximum", width),
                                DeviceElementwise::maximum,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.left()),
                                frame.values(op.right()),
                                frame.values(op.out()),
                                width);
    }

    static DeviceOp activation(Activation op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("activation", width),
                                DeviceElementwise::activation,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                op.function().ordinal(),
                                width);
    }

    static DeviceOp gate(Gate op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("gate", width),
                                DeviceElementwise::gate,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.gate()),
                                frame.values(op.out()),
                                op.function().ordinal(),
                                width);
    }

    static DeviceOp clamp(Clamp op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("clamp", width),
                                DeviceElementwise::hold,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.keep(new float[] {op.low(), op.high()}),
                                width);
    }

    static DeviceOp embedding(Embedding op) {
        int width = op.out().width();
        return frame ->
                frame.graph()
                        .task(
                                frame.perToken("embedding", width),
                                DeviceElementwise::embedding,
                                frame.context(),
                                frame.sizes(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.keep(op.table()),
                                frame.keep(new float[] {Float.NaN}),
                                op.rows(),
                                width);
    }

    static void add(
            KernelContext context,
            IntArray sizes,
            FloatArray left,
            FloatArray right,
            FloatArray out,
            FloatArray scale,
            int width) {
        int item = context.globalIdx;
        int t = item / width;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            out.set(item, left.get(item) + scale.get(item - t * width) * right.get(item));
        }
    }

    static void maximum(
            KernelContext context,
            IntArray sizes,
            FloatArray left,
            FloatArray right,
            FloatArray out,
            int width) {
        int item = context.globalIdx;
        if (item / width < sizes.get(DeviceBatch.TOKENS)) {
            float most = left.get(item);
            float other = right.get(item);
            if (other > most || other != other) {
                most = other;
            }
            out.set(item, most);
        }
    }

    static void activation(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            int function,
            int width) {
        int item = context.globalIdx;
        if (item / width < sizes.get(DeviceBatch.TOKENS)) {
            out.set(item, DeviceFunctions.value(function, in.get(item)));
        }
    }

    static void gate(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray gate,
            FloatArray out,
            int function,
            int width) {
        int item = context.globalIdx;
        if (item / width < sizes.get(DeviceBatch.TOKENS)) {
            out.set(item, in.get(item) * DeviceFunctions.value(function, gate.get(item)));
        }
    }

    /**
     * @param bounds (2): low, high
     */
    static void hold(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray bounds,
            int width) {
        int item = context.globalIdx;
        if (item / width < sizes.get(DeviceBatch.TOKENS)) {
            float x = in.get(item);
            if (x < bounds.get(0)) {
                x = bounds.get(0);
            }
            if (x > bounds.get(1)) {
                x = bounds.get(1);
            }
            out.set(item, x);
        }
    }

    /**
     * @param table (rows, width)
     * @param none (1): not a number, which the device compiler cannot spell
     */
    static void embedding(
            KernelContext context,
            IntArray sizes,
            FloatArray ids,
            FloatArray out,
            FloatArray table,
            FloatArray none,
            int rows,
            int width) {
        int item = context.globalIdx;
        int t = item / width;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            float id = ids.get(t);
            float value = none.get(0);
            if (id >= 0 && id < rows) {
                int row = (int) id;
                if (row == id) {
                    value = table.get(row * width + item - t * width);
                }
            }
            out.set(item, value);
        }
    }
}
