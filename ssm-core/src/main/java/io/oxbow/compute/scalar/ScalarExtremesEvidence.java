package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.ExtremesEvidence;

/** {@link ExtremesEvidence}, a stream's tokens in order. */
final class ScalarExtremesEvidence implements OpKernel {
    /** Evidence per range beyond the extremes, inside the logarithm. */
    private static final double STEEPNESS = 50;

    /** Smallest range, relative to the extremes: what 32-bit inputs can still tell apart. */
    private static final double RESOLUTION = 1e-6;

    private static final double SMALLEST_RANGE = 1e-12;

    private final ExtremesEvidence op;

    ScalarExtremesEvidence(ExtremesEvidence op) {
        this.op = op;
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
            int extremes = slots[s] * rowFloats + op.extremes().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    int low = extremes + c;
                    out[at] = step(state, low, low + channels, in[at], seen);
                }
            }
        }
    }

    private float step(float[] state, int lowAt, int highAt, float x, long seen) {
        if (seen == 0) {
            state[lowAt] = x;
            state[highAt] = x;
            return 0;
        }
        double low = state[lowAt];
        double high = state[highAt];
        double beyond = Math.max(x - high, low - x);
        if (beyond <= 0) {
            return 0;
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        double range = Math.max(high - low, RESOLUTION * largest + SMALLEST_RANGE);
        boolean warm = seen >= op.warmUp();
        double move = warm ? Math.min(beyond, range) : beyond;
        if (x > high) {
            state[highAt] = (float) Math.min(high + move, Float.MAX_VALUE);
        } else {
            state[lowAt] = (float) Math.max(low - move, -Float.MAX_VALUE);
        }
        double evidence = 2 * StrictMath.log(1 + STEEPNESS * beyond / range);
        double rank = StrictMath.log10(0.5 * (seen + 1));
        return warm ? (float) Math.min(Math.min(op.cap(), rank), evidence) : 0;
    }
}
