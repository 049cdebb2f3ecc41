package io.oxbow.compute.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Kernels that move whole rows: states in and out, outputs, step counters. A work-item a value. */
final class DeviceRows {

    private DeviceRows() {}

    /** Gathers the rows of {@code rowSlots} side by side. */
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

    /** Gathers the integers of the rows of {@code rowSlots} side by side. */
    static void gatherLongs(
            KernelContext context,
            IntArray rowCount,
            IntArray rowSlots,
            LongArray states,
            LongArray rows,
            int rowLongs) {
        int item = context.globalIdx;
        int r = item / rowLongs;
        if (r < rowCount.get(0)) {
            rows.set(item, states.get(rowSlots.get(r) * rowLongs + item - r * rowLongs));
        }
    }

    /** Scatters rows to their slots. */
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

    /** Scatters the integers of rows to their slots. */
    static void scatterLongs(
            KernelContext context,
            IntArray rowCount,
            IntArray rowSlots,
            LongArray rows,
            LongArray states,
            int rowLongs) {
        int item = context.globalIdx;
        int r = item / rowLongs;
        if (r < rowCount.get(0)) {
            states.set(rowSlots.get(r) * rowLongs + item - r * rowLongs, rows.get(item));
        }
    }

    /** Scatters coefficient tables to their entries. */
    static void scatterTables(
            KernelContext context,
            IntArray tableCount,
            IntArray entries,
            DoubleArray fresh,
            DoubleArray tables,
            int size) {
        int item = context.globalIdx;
        int r = item / size;
        if (r < tableCount.get(0)) {
            tables.set(entries.get(r) * size + item - r * size, fresh.get(item));
        }
    }

    /**
     * The last task of every graph: what the host finds back tells it that the device was there.
     */
    static void answer(KernelContext context, IntArray asked, IntArray answered) {
        if (context.globalIdx == 0) {
            answered.set(0, asked.get(0));
        }
    }

    /** Leaves the tables as they are. */
    static void touch(KernelContext context, DoubleArray tables) {
        if (context.globalIdx == 0) {
            tables.set(0, tables.get(0));
        }
    }

    /** Copies four times {@code quarter} floats: a work-item one of each quarter. */
    static void copy(KernelContext context, FloatArray from, FloatArray to, int quarter) {
        int item = context.globalIdx;
        if (item < quarter) {
            float first = from.get(item);
            float second = from.get(item + quarter);
            float third = from.get(item + 2 * quarter);
            float fourth = from.get(item + 3 * quarter);
            to.set(item, first);
            to.set(item + quarter, second);
            to.set(item + 2 * quarter, third);
            to.set(item + 3 * quarter, fourth);
        }
    }

    /**
     * Copies a register to its place in wider rows.
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

    /**
     * Copies each stream's last token to a segment of its state.
     *
     * @param values (T, width)
     */
    static void last(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray values,
            FloatArray states,
            int width,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / width;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int i = item - s * width;
            int end = offsets.get(s + 1);
            if (end > offsets.get(s)) {
                int value = (end - 1) * width + i;
                states.set(slots.get(s) * rowFloats + offset + i, values.get(value));
            }
        }
    }

    /** Adds the number of each stream's tokens to a counter of its state: a work-item a stream. */
    static void count(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            LongArray counters,
            int rowLongs,
            int offset) {
        int s = context.globalIdx;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int at = slots.get(s) * rowLongs + offset;
            long seen = offsets.get(s + 1) - offsets.get(s);
            counters.set(at, counters.get(at) + seen);
        }
    }
}
