package io.oxbow.compute.tornado;

import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link DiagonalScan} and {@link DplrScan}: a work-item a channel of a stream, which walks the
 * stream's tokens, in double between loads.
 */
final class DeviceDiagonalScan {

    private DeviceDiagonalScan() {}

    static DeviceOp diagonal(DiagonalScan op) {
        return frame -> {
            GapTables gaps = frame.gaps(op.stepping());
            frame.graph()
                    .task(
                            frame.perStream("diagonalScan", op.channels()),
                            DeviceDiagonalScan::diagonal,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            gaps.entryOf(),
                            gaps.tables(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.keep(op.c()),
                            frame.keepOr(op.d(), op.channels(), 0),
                            op.channels(),
                            op.modes(),
                            frame.rowFloats(),
                            op.state().offset());
        };
    }

    static DeviceOp dplr(DplrScan op) {
        return frame -> {
            GapTables gaps = frame.gaps(op.stepping());
            long coupling = (long) frame.maxStreams() * op.rank() * op.channels();
            frame.graph()
                    .task(
                            frame.perStream("dplrScan", op.channels()),
                            DeviceDiagonalScan::dplr,
                            frame.context(),
                            frame.sizes(),
                            frame.offsets(),
                            frame.slots(),
                            gaps.entryOf(),
                            gaps.tables(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            frame.states(),
                            frame.keep(op.c()),
                            frame.keepOr(op.d(), op.channels(), 0),
                            frame.scratchDoubles(coupling),
                            op.channels(),
                            op.modes(),
                            op.rank(),
                            frame.rowFloats(),
                            op.state().offset());
        };
    }

    /**
     * @param tables (entries, 4, modes, channels): a real, a imaginary, b real, b imaginary
     * @param c (2, modes, channels)
     */
    static void diagonal(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            IntArray entryOf,
            DoubleArray tables,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            FloatArray c,
            FloatArray d,
            int channels,
            int modes,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int h = item - s * channels;
            int size = modes * channels;
            int row = slots.get(s) * rowFloats + offset + h;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double u = in.get(t * channels + h);
                int table = entryOf.get(t) * 4 * size + h;
                double sum = d.get(h) * u;
                for (int m = 0; m < modes; m++) {
                    int i = m * channels;
                    double re = states.get(row + 2 * i);
                    double im = states.get(row + 2 * i + channels);
                    double aRe = tables.get(table + i);
                    double aIm = tables.get(table + size + i);
                    double xRe = aRe * re - aIm * im + tables.get(table + 2 * size + i) * u;
                    double xIm = aRe * im + aIm * re + tables.get(table + 3 * size + i) * u;
                    states.set(row + 2 * i, (float) xRe);
                    states.set(row + 2 * i + channels, (float) xIm);
                    sum += c.get(i + h) * xRe - c.get(size + i + h) * xIm;
                }
                out.set(t * channels + h, (float) sum);
            }
        }
    }

    /**
     * @param tables (entries, 4 + 4 rank, modes, channels): a, b, then v and w of each rank
     * @param coupling (maxStreams, rank, channels), scratch
     */
    static void dplr(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            IntArray entryOf,
            DoubleArray tables,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            FloatArray c,
            FloatArray d,
            DoubleArray coupling,
            int channels,
            int modes,
            int rank,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int h = item - s * channels;
            int size = modes * channels;
            int row = slots.get(s) * rowFloats + offset + h;
            int coupled = s * rank * channels + h;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double u = in.get(t * channels + h);
                int table = entryOf.get(t) * (4 + 4 * rank) * size + h;
                for (int r = 0; r < rank; r++) {
                    int w = table + (6 + 4 * r) * size;
                    double sum = 0;
                    for (int m = 0; m < modes; m++) {
                        int i = m * channels;
                        double re = states.get(row + 2 * i);
                        double im = states.get(row + 2 * i + channels);
                        sum += 2 * (tables.get(w + i) * re - tables.get(w + size + i) * im);
                    }
                    coupling.set(coupled + r * channels, sum);
                }
                double y = d.get(h) * u;
                for (int m = 0; m < modes; m++) {
                    int i = m * channels;
                    double re = states.get(row + 2 * i);
                    double im = states.get(row + 2 * i + channels);
                    double aRe = tables.get(table + i);
                    double aIm = tables.get(table + size + i);
                    double xRe = aRe * re - aIm * im + tables.get(table + 2 * size + i) * u;
                    double xIm = aRe * im + aIm * re + tables.get(table + 3 * size + i) * u;
                    for (int r = 0; r < rank; r++) {
                        double share = coupling.get(coupled + r * channels);
                        int v = table + (4 + 4 * r) * size + i;
                        xRe -= tables.get(v) * share;
                        xIm -= tables.get(v + size) * share;
                    }
                    states.set(row + 2 * i, (float) xRe);
                    states.set(row + 2 * i + channels, (float) xIm);
                    y += c.get(i + h) * xRe - c.get(size + i + h) * xIm;
                }
                out.set(t * channels + h, (float) y);
            }
        }
    }
}
