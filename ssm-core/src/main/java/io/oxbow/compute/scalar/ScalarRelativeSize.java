package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.RelativeSize;

/** {@link RelativeSize}, a stream's tokens in order. */
final class ScalarRelativeSize implements OpKernel {
    private static final double SMALLEST_MEAN = 1e-3;

    /** In means: what one token may count for in the mean. */
    private static final double BOUND = 2;

    /** Tokens before the mean is worth protecting. */
    private static final float UNBOUNDED_TOKENS = 50;

    private final RelativeSize op;
    private final double weight;
    private final double decay;

    ScalarRelativeSize(RelativeSize op) {
        this.op = op;
        this.weight = 2 / (op.length() + 1);
        this.decay = StrictMath.exp(-1 / op.length());
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        int rowLongs = frame.states().layout().longs();
        float[] state = frame.states().floats();
        long[] counters = frame.states().longs();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int sizes = slots[s] * rowFloats + op.sizes().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                double gain = Math.max(1.0 / (seen + 1), weight);
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    double size = size(state, sizes + c, in[at], gain);
                    double relative = relate(state, sizes + channels + c, channels, size);
                    out[at] = seen < op.warmUp() ? 0 : (float) relative;
                }
            }
        }
    }

    private double size(float[] state, int at, float in, double gain) {
        double x = Math.max(-op.limit(), Math.min(op.limit(), in));
        double last = state[at];
        double size =
                switch (op.kind()) {
                    case SIZE_OF_AVERAGE -> last + gain * (x - last);
                    case PEAK -> Math.max(Math.abs(x), last * decay);
                    case PRESENT -> Math.abs(x);
                };
        state[at] = (float) size;
        return Math.abs(size);
    }

    private double relate(float[] state, int meanAt, int channels, double size) {
        float counted = state[meanAt + channels];
        double mean = state[meanAt];
        if (size > 0 || counted > 0) {
            double n = counted + 1;
            double bound = counted < UNBOUNDED_TOKENS ? Double.MAX_VALUE : BOUND * mean;
            double rate = Math.max(1 / n, op.minWeight());
            state[meanAt] = (float) (mean + rate * (Math.min(size, bound) - mean));
            state[meanAt + channels] = (float) Math.min(n, 1 / op.minWeight());
        }
        return size / (mean + SMALLEST_MEAN);
    }
}
