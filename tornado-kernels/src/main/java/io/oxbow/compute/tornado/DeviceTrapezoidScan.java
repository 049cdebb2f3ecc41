package io.oxbow.compute.tornado;

import io.oxbow.plan.TrapezoidScan;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link TrapezoidScan} in three steps: turn B and C into k and q, a work-item a head of a stream;
 * advance, a work-item a channel of a stream; then keep the last token's k and x for the next
 * batch.
 */
final class DeviceTrapezoidScan implements DeviceOp {
    private final TrapezoidScan op;

    DeviceTrapezoidScan(TrapezoidScan op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int width = op.heads() * op.modes();
        FloatArray k = frame.scratchFloats((long) frame.maxTokens() * width);
        FloatArray q = frame.scratchFloats((long) frame.maxTokens() * width);
        turn(frame, k, q);
        advance(frame, k, q);
        keep(frame, k, width, op.state().k().offset());
        keep(frame, frame.values(op.x()), op.channels(), op.state().x().offset());
    }

    private void turn(DeviceFrame frame, FloatArray k, FloatArray q) {
        frame.graph()
                .task(
                        frame.perToken("bias", op.heads() * op.modes()),
                        DeviceTrapezoidScan::bias,
                        frame.context(),
                        frame.sizes(),
                        frame.values(op.b()),
                        frame.values(op.c()),
                        k,
                        q,
                        frame.keep(op.biasB()),
                        frame.keep(op.biasC()),
                        op.heads(),
                        op.groups(),
                        op.modes());
        if (op.angles() == 0) {
            return;
        }
        frame.graph()
                .task(
                        frame.perStream("turn", op.heads() * op.angles()),
                        DeviceTrapezoidScan::turn,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.dt()),
                        frame.values(op.rotation()),
                        k,
                        q,
                        frame.states(),
                        op.heads(),
                        op.modes(),
                        op.angles(),
                        frame.rowFloats(),
                        op.state().angle().offset(),
                        op.state().angleLow().offset());
    }

    private void advance(DeviceFrame frame, FloatArray k, FloatArray q) {
        // Offsets of h, k before and x before travel in one array: a task takes 20 parameters.
        IntArray places =
                frame.keep(
                        new int[] {
                            op.state().h().offset(),
                            op.state().k().offset(),
                            op.state().x().offset(),
                            frame.rowFloats()
                        });
        frame.graph()
                .task(
                        frame.perStream("trapezoidScan", op.channels()),
                        DeviceTrapezoidScan::advance,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.x()),
                        frame.values(op.dt()),
                        frame.values(op.decay()),
                        frame.values(op.mix()),
                        k,
                        q,
                        frame.values(op.out()),
                        frame.states(),
                        frame.keep(op.d()),
                        places,
                        op.channels(),
                        op.heads(),
                        op.modes());
    }

    private static void keep(DeviceFrame frame, FloatArray values, int width, int offset) {
        frame.graph()
                .task(
                        frame.perStream("last", width),
                        DeviceRows::last,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        values,
                        frame.states(),
                        width,
                        frame.rowFloats(),
                        offset);
    }

    /**
     * @param k (T, heads, modes)
     * @param q (T, heads, modes)
     */
    static void bias(
            KernelContext context,
            IntArray sizes,
            FloatArray b,
            FloatArray c,
            FloatArray k,
            FloatArray q,
            FloatArray biasB,
            FloatArray biasC,
            int heads,
            int groups,
            int modes) {
        int item = context.globalIdx;
        int width = heads * modes;
        int t = item / width;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int i = item - t * width;
            int head = i / modes;
            int from = (t * groups + head / (heads / groups)) * modes + i - head * modes;
            k.set(item, b.get(from) + biasB.get(i));
            q.set(item, c.get(from) + biasC.get(i));
        }
    }

    /** A work-item an angle of a head of a stream. */
    static void turn(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray dt,
            FloatArray rotation,
            FloatArray k,
            FloatArray q,
            FloatArray states,
            int heads,
            int modes,
            int angles,
            int rowFloats,
            int angleOffset,
            int angleLowOffset) {
        int item = context.globalIdx;
        int width = heads * angles;
        int s = item / width;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int i = item - s * width;
            int head = i / angles;
            int j = i - head * angles;
            int row = slots.get(s) * rowFloats + i;
            double high = states.get(row + angleOffset);
            double angle = high + states.get(row + angleLowOffset);
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                double step = dt.get(t * heads + head);
                angle += 3.141592653589793 * step * rotation.get(t * angles + j);
                double turns = angle / 6.283185307179586;
                angle -= 6.283185307179586 * TornadoMath.floor(turns + 0.5);
                float kept = (float) angle;
                float low = (float) (angle - kept);
                angle = (double) kept + low;
                states.set(row + angleOffset, kept);
                states.set(row + angleLowOffset, low);
                float cos = (float) TornadoMath.cos(angle);
                float sin = (float) TornadoMath.sin(angle);
                int at = (t * heads + head) * modes + 2 * j;
                float k0 = k.get(at);
                float k1 = k.get(at + 1);
                k.set(at, k0 * cos - k1 * sin);
                k.set(at + 1, k0 * sin + k1 * cos);
                float q0 = q.get(at);
                float q1 = q.get(at + 1);
                q.set(at, q0 * cos - q1 * sin);
                q.set(at + 1, q0 * sin + q1 * cos);
            }
        }
    }

    /**
     * @param places (4): offsets of h, of k before, of x before, and floats of a row
     */
    static void advance(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray x,
            FloatArray dt,
            FloatArray decay,
            FloatArray mix,
            FloatArray k,
            FloatArray q,
            FloatArray out,
            FloatArray states,
            FloatArray d,
            IntArray places,
            int channels,
            int heads,
            int modes) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int i = item - s * channels;
            int headDim = channels / heads;
            int head = i / headDim;
            int first = head * headDim;
            int row = slots.get(s) * places.get(3);
            int h0 = row + places.get(0) + first * modes + i - first;
            int kept = row + places.get(1) + head * modes;
            float xBefore = states.get(row + places.get(2) + i);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            for (int t = begin; t < end; t++) {
                float u = x.get(t * channels + i);
                float step = dt.get(t * heads + head);
                float share = mix.get(t * heads + head);
                float fade = TornadoMath.exp(-step * decay.get(t * heads + head));
                float before = fade * step * (1 - share);
                float now = step * share;
                float y = d.get(i) * u;
                int at = (t * heads + head) * modes;
                for (int n = 0; n < modes; n++) {
                    float kBefore;
                    if (t == begin) {
                        kBefore = states.get(kept + n);
                    } else {
                        kBefore = k.get(at - heads * modes + n);
                    }
                    float h = states.get(h0 + n * headDim);
                    h = fade * h + before * kBefore * xBefore + now * k.get(at + n) * u;
                    states.set(h0 + n * headDim, h);
                    y += q.get(at + n) * h;
                }
                out.set(t * channels + i, y);
                xBefore = u;
            }
        }
    }
}
