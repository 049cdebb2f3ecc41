package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.TailEvidence;

/** {@link TailEvidence}, a stream's tokens in order. */
final class ScalarTailEvidence implements OpKernel {
    private static final double SMALLEST = 1e-6;
    private static final double LOWEST_QUANTILE = StrictMath.log(0.5);
    private static final double LEAST_EXCESS = 0.05;

    /** In mean excesses: what one value may count for. */
    private static final double LARGEST_EXCESS = 10;

    private static final double BODY_SLOPE = 2;

    private final TailEvidence op;
    private final double digitsAtLevel;

    ScalarTailEvidence(TailEvidence op) {
        this.op = op;
        this.digitsAtLevel = -StrictMath.log10(op.level());
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
            int tail = slots[s] * rowFloats + op.tail().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    double digits = step(state, tail + c, tail + channels + c, in[at], seen);
                    out[at] = seen < op.warmUp() ? 0 : (float) Math.min(op.cap(), digits);
                }
            }
        }
    }

    private double step(float[] state, int quantileAt, int excessAt, float x, long seen) {
        double quantile = state[quantileAt];
        double excess = state[excessAt];
        double above = Logarithms.ln(Math.max(Math.abs(x), SMALLEST)) - quantile;
        double weight = Math.max(2.0 / (seen + 40), op.minWeight());
        double exceeded = above > 0 ? 1 : 0;
        double moved = quantile + weight * excess / op.level() * (exceeded - op.level());
        state[quantileAt] = (float) Math.max(LOWEST_QUANTILE, moved);
        if (above <= 0) {
            return digitsAtLevel / (1 - BODY_SLOPE * above);
        }
        double rate = Math.max(2 / (op.level() * seen + 10), op.minWeight() / op.level());
        double counted = Math.min(above, LARGEST_EXCESS * excess);
        double learned = excess + Math.min(1, rate) * (counted - excess);
        state[excessAt] = (float) Math.max(LEAST_EXCESS, learned);
        return digitsAtLevel + above / (excess * Logarithms.LN_10);
    }
}
