package io.oxbow.compute.tornado;

import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link DiagonalScan} and {@link DplrScan}: a work-item a channel of a stream, which walks the
 * stream's tokens, in double between loads. Without coupling two modes are read before the first is
 * written, as in {@link DeviceSelectiveScan}.
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
                            frame.keep(new int[] {op.modes()}),
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
            IntArray modeCount,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int modes = modeCount.get(0);
            int h = item - s * channels;
            int size = modes * channels;
            int row = slots.get(s) * rowFloats + offset + h;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double u = in.get(t * channels + h);
                int table = entryOf.get(t) * 4 * size + h;
                double sum = d.get(h) * u;
                int m = 0;
                for (; m + 1 < modes; m += 2) {
                    int i = m * channels;
                    int j = i + channels;
                    double re0 = states.get(row + 2 * i);
                    double im0 = states.get(row + 2 * i + channels);
                    double re1 = states.get(row + 2 * j);
                    double im1 = states.get(row + 2 * j + channels);
                    double aRe0 = tables.get(table + i);
                    double aIm0 = tables.get(table + size + i);
                    double aRe1 = tables.get(table + j);
                    double aIm1 = tables.get(table + size + j);
                    double xRe0 = aRe0 * re0 - aIm0 * im0 + tables.get(table + 2 * size + i) * u;
                    double xIm0 = aRe0 * im0 + aIm0 * re0 + tables.get(table + 3 * size + i) * u;
                    double xRe1 = aRe1 * re1 - aIm1 * im1 + tables.get(table + 2 * size + j) * u;
                    double xIm1 = aRe1 * im1 + aIm1 * re1 + tables.get(table + 3 * size + j) * u;
                    sum += c.get(i + h) * xRe0 - c.get(size + i + h) * xIm0;
                    sum += c.get(j + h) * xRe1 - c.get(size + j + h) * xIm1;
                    states.set(row + 2 * i, (float) xRe0);
                    states.set(row + 2 * i + channels, (float) xIm0);
                    states.set(row + 2 * j, (float) xRe1);
                    states.set(row + 2 * j + channels, (float) xIm1);
                }
                for (; m < modes; m++) {
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
