package io.oxbow.compute.tornado;

import io.oxbow.plan.CausalConv;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** {@link CausalConv}: a work-item a channel of a stream, which walks the stream's tokens. */
final class DeviceCausalConv implements DeviceOp {
    private final CausalConv op;

    DeviceCausalConv(CausalConv op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int channels = op.in().width();
        frame.graph()
                .task(
                        frame.perStream("convolution", channels),
                        DeviceCausalConv::convolve,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        frame.states(),
                        frame.keep(op.weight()),
                        frame.keepOr(op.bias(), channels, 0),
                        channels,
                        op.taps(),
                        frame.rowFloats(),
                        op.history().offset());
    }

    /**
     * @param weight (taps, channels)
     */
    static void convolve(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray in,
            FloatArray out,
            FloatArray states,
            FloatArray weight,
            FloatArray bias,
            int channels,
            int taps,
            int rowFloats,
            int offset) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int history = slots.get(s) * rowFloats + offset + c;
            int end = offsets.get(s + 1);
            for (int t = offsets.get(s); t < end; t++) {
                float sum = bias.get(c);
                for (int k = 0; k < taps - 1; k++) {
                    float older = states.get(history + (k + 1) * channels);
                    states.set(history + k * channels, older);
                    sum += weight.get(k * channels + c) * older;
                }
                float x = in.get(t * channels + c);
                states.set(history + (taps - 1) * channels, x);
                out.set(t * channels + c, sum + weight.get((taps - 1) * channels + c) * x);
            }
        }
    }
}
