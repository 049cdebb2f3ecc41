package io.oxbow.compute.tornado;

import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link SelectiveScan} and {@link SsdScan}: a work-item a channel of a stream, which walks the
 * stream's tokens. Channels, or those of a head, are contiguous in the state, so neighbouring
 * work-items read neighbouring floats.
 *
 * <p>Four modes are read before the first is written: the device's compiler cannot tell that a
 * write does not reach what is read next, and one read at a time under way leaves the memory idle.
 */
final class DeviceSelectiveScan {

    private DeviceSelectiveScan() {}

    static DeviceOp selective(SelectiveScan op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perStream("selectiveScan", op.channels()),
                                DeviceSelectiveScan::selective,
                                frame.context(),
                                frame.sizes(),
                                frame.offsets(),
                                frame.slots(),
                                frame.values(op.x()),
                                frame.values(op.dt()),
                                frame.values(op.b()),
                                frame.values(op.c()),
                                frame.values(op.out()),
                                frame.states(),
                                frame.keep(op.a()),
                                frame.keep(op.d()),
                                op.channels(),
                                frame.keep(new int[] {op.modes()}),
                                frame.rowFloats(),
                                op.state().offset());
    }

    static DeviceOp ssd(SsdScan op) {
        return frame ->
                frame.graph()
                        .task(
                                frame.perStream("ssdScan", op.channels()),
                                DeviceSelectiveScan::ssd,
                                frame.context(),
                                frame.sizes(),
                                frame.offsets(),
                                frame.slots(),
                                frame.values(op.x()),
                                frame.values(op.dt()),
                                frame.values(op.b()),
                                frame.values(op.c()),
                                frame.values(op.out()),
                                frame.states(),
                                frame.keep(op.a()),
                                frame.keep(op.d()),
                                op.channels(),
                                frame.keep(new int[] {op.modes()}),
                                op.heads(),
                                op.groups(),
                                frame.rowFloats(),
                                op.state().offset());
    }

    /**
     * @param a (modes, channels)
     */
    static void selective(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray x,
            FloatArray dt,
            FloatArray b,
            FloatArray c,
            FloatArray out,
            FloatArray states,
            FloatArray a,
            FloatArray d,
            int channels,
            IntArray modeCount,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int modes = modeCount.get(0);
            int i = item - s * channels;
            int row = slots.get(s) * rowFloats + offset + i;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                float u = x.get(t * channels + i);
                float step = dt.get(t * channels + i);
                float y = d.get(i) * u;
                int n = 0;
                for (; n + 3 < modes; n += 4) {
                    int at = row + n * channels;
                    int decay = n * channels + i;
                    int mode = t * modes + n;
                    float h0 = states.get(at);
                    float h1 = states.get(at + channels);
                    float h2 = states.get(at + 2 * channels);
                    float h3 = states.get(at + 3 * channels);
                    h0 = TornadoMath.exp(step * a.get(decay)) * h0 + step * b.get(mode) * u;
                    h1 =
                            TornadoMath.exp(step * a.get(decay + channels)) * h1
                                    + step * b.get(mode + 1) * u;
                    h2 =
                            TornadoMath.exp(step * a.get(decay + 2 * channels)) * h2
                                    + step * b.get(mode + 2) * u;
                    h3 =
                            TornadoMath.exp(step * a.get(decay + 3 * channels)) * h3
                                    + step * b.get(mode + 3) * u;
                    y += c.get(mode) * h0;
                    y += c.get(mode + 1) * h1;
                    y += c.get(mode + 2) * h2;
                    y += c.get(mode + 3) * h3;
                    states.set(at, h0);
                    states.set(at + channels, h1);
                    states.set(at + 2 * channels, h2);
                    states.set(at + 3 * channels, h3);
                }
                for (; n < modes; n++) {
                    float decay = TornadoMath.exp(step * a.get(n * channels + i));
                    float h = states.get(row + n * channels);
                    h = decay * h + step * b.get(t * modes + n) * u;
                    states.set(row + n * channels, h);
                    y += c.get(t * modes + n) * h;
                }
                out.set(t * channels + i, y);
            }
        }
    }

    /**
     * @param a (heads)
     */
    static void ssd(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray x,
            FloatArray dt,
            FloatArray b,
            FloatArray c,
            FloatArray out,
            FloatArray states,
            FloatArray a,
            FloatArray d,
            int channels,
            IntArray modeCount,
            int heads,
            int groups,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int modes = modeCount.get(0);
            int i = item - s * channels;
            int headDim = channels / heads;
            int head = i / headDim;
            int group = head / (heads / groups);
            int first = head * headDim;
            int row = slots.get(s) * rowFloats + offset + first * modes + i - first;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                float u = x.get(t * channels + i);
                float step = dt.get(t * heads + head);
                float decay = TornadoMath.exp(step * a.get(head));
                int projection = (t * groups + group) * modes;
                float y = d.get(i) * u;
                int n = 0;
                for (; n + 3 < modes; n += 4) {
                    int at = row + n * headDim;
                    int mode = projection + n;
                    float h0 = states.get(at);
                    float h1 = states.get(at + headDim);
                    float h2 = states.get(at + 2 * headDim);
                    float h3 = states.get(at + 3 * headDim);
                    h0 = decay * h0 + step * b.get(mode) * u;
                    h1 = decay * h1 + step * b.get(mode + 1) * u;
                    h2 = decay * h2 + step * b.get(mode + 2) * u;
                    h3 = decay * h3 + step * b.get(mode + 3) * u;
                    y += c.get(mode) * h0;
                    y += c.get(mode + 1) * h1;
                    y += c.get(mode + 2) * h2;
                    y += c.get(mode + 3) * h3;
                    states.set(at, h0);
                    states.set(at + headDim, h1);
                    states.set(at + 2 * headDim, h2);
                    states.set(at + 3 * headDim, h3);
                }
                for (; n < modes; n++) {
                    float h = states.get(row + n * headDim);
                    h = decay * h + step * b.get(projection + n) * u;
                    states.set(row + n * headDim, h);
                    y += c.get(projection + n) * h;
                }
                out.set(t * channels + i, y);
            }
        }
    }
}
