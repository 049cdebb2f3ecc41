package io.oxbow.compute.tornado;

import io.oxbow.plan.ModalScan;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@link ModalScan}: a work-item a mode of a stream, which walks the stream's tokens. */
final class DeviceModalScan implements DeviceOp {
    private final ModalScan op;

    DeviceModalScan(ModalScan op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        GapTables gaps = frame.gaps(op.stepping());
        frame.graph()
                .task(
                        frame.perStream("modalScan", op.modes()),
                        DeviceModalScan::scan,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        gaps.entryOf(),
                        gaps.tables(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        frame.states(),
                        op.modes(),
                        frame.rowFloats(),
                        op.state().offset());
    }

    /**
     * @param tables (entries, 4, modes): a real, a imaginary, g real, g imaginary
     */
    static void scan(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            IntArray entryOf,
            DoubleArray tables,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            int modes,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / modes;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int p = item - s * modes;
            int row = slots.get(s) * rowFloats + offset + p;
            int end = offsets.get(s + 1);
            float re = states.get(row);
            float im = states.get(row + modes);
            for (int t = offsets.get(s); t < end; t++) {
                int table = entryOf.get(t) * 4 * modes + p;
                double aRe = tables.get(table);
                double aIm = tables.get(table + modes);
                double gRe = tables.get(table + 2 * modes);
                double gIm = tables.get(table + 3 * modes);
                int at = 2 * t * modes + p;
                double vRe = in.get(at);
                double vIm = in.get(at + modes);
                double nextRe = aRe * re - aIm * im + gRe * vRe - gIm * vIm;
                double nextIm = aRe * im + aIm * re + gRe * vIm + gIm * vRe;
                re = (float) nextRe;
                im = (float) nextIm;
                out.set(at, re);
                out.set(at + modes, im);
            }
            states.set(row, re);
            states.set(row + modes, im);
        }
    }
}
