package io.oxbow.compute.tornado;

import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.TimedRecurrence;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link DenseRecurrence} and {@link TimedRecurrence}: a work-item a channel of a stream, which
 * walks the stream's tokens. The output doubles as the place where the next memory grows.
 */
final class DeviceRecurrence {

    private DeviceRecurrence() {}

    static DeviceOp dense(DenseRecurrence op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perStream("denseRecurrence", op.in().width()),
                                DeviceRecurrence::dense,
                                frame.context(),
                                frame.sizes(),
                                frame.offsets(),
                                frame.slots(),
                                frame.values(op.in()),
                                frame.values(op.out()),
                                frame.states(),
                                frame.keep(op.a()),
                                frame.keep(op.b()),
                                op.in().width(),
                                op.order(),
                                frame.rowFloats(),
                                op.memory().offset());
    }

    static DeviceOp timed(TimedRecurrence op) {
        return frame -> {
            GapTables gaps = frame.gaps(op.stepping());
            frame.graph()
                    .task(
                            frame.perStream("timedRecurrence", op.in().width()),
                            DeviceRecurrence::timed,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            gaps.entryOf(),
                            gaps.tables(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            op.in().width(),
                            op.order(),
                            frame.rowFloats(),
                            op.memory().offset());
        };
    }

    /**
     * @param out (T, channels, order)
     * @param a (order, order)
     * @param b (order)
     */
    static void dense(
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
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int memory = slots.get(s) * rowFloats + offset + c * order;
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
     * @param tables (entries, order (order + 1)): A, then B
     * @param out (T, channels, order)
     */
    static void timed(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            IntArray entryOf,
            DoubleArray tables,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            int channels,
            int order,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int memory = slots.get(s) * rowFloats + offset + c * order;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double u = in.get(t * channels + c);
                int table = entryOf.get(t) * order * (order + 1);
                int next = (t * channels + c) * order;
                for (int i = 0; i < order; i++) {
                    double sum = tables.get(table + order * order + i) * u;
                    for (int j = 0; j < order; j++) {
                        sum += tables.get(table + i * order + j) * states.get(memory + j);
                    }
                    out.set(next + i, (float) sum);
                }
                for (int i = 0; i < order; i++) {
                    states.set(memory + i, out.get(next + i));
                }
            }
        }
    }
}
