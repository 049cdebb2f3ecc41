package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DensityEvidence;
import java.util.Arrays;

/** {@link DensityEvidence}, a stream's tokens in order. */
final class ScalarDensityEvidence implements OpKernel {
    /** Narrowest bin, relative to the first value: what 32-bit inputs can still tell apart. */
    private static final float RESOLUTION = 1e-6f;

    private static final float SMALLEST_WIDTH = 1e-12f;
    private static final float WIDEST = 1e36f;

    /** From the narrowest bin to the widest of 32-bit inputs. */
    private static final int MOST_DOUBLINGS = 256;

    private final DensityEvidence op;
    private final int channels;
    private final int bins;
    private final float most;

    ScalarDensityEvidence(DensityEvidence op) {
        this.op = op;
        this.channels = op.in().width();
        this.bins = op.bins();
        this.most = (float) (2 / op.minWeight());
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
        for (int s = 0; s < batch.streamCount(); s++) {
            int bounds = slots[s] * rowFloats + op.bounds().offset();
            int counts = slots[s] * rowFloats + op.counts().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    double digits = step(state, bounds + c, counts + c * bins, in[at], seen);
                    out[at] = seen < op.warmUp() ? 0 : (float) Math.min(op.cap(), digits);
                }
            }
        }
    }

    private double step(float[] state, int lowAt, int counts, float x, long seen) {
        int widthAt = lowAt + channels;
        if (seen == 0) {
            float width = RESOLUTION * Math.abs(x) + SMALLEST_WIDTH;
            state[widthAt] = width;
            state[lowAt] = x - 0.5f * bins * width;
        }
        int doublings = seen < op.warmUp() ? MOST_DOUBLINGS : 1;
        int bin = bin(state[lowAt], state[widthAt], x);
        while ((bin < 0 || bin >= bins) && doublings-- > 0) {
            widen(state, lowAt, counts, bin < 0);
            bin = bin(state[lowAt], state[widthAt], x);
        }
        if (bin < 0 || bin >= bins) {
            return 0;
        }
        float n = total(state, counts);
        double probability = (state[counts + bin] + 1.0) / (n + 2.0);
        double digits = -Logarithms.ln(probability) / Logarithms.LN_10;
        if (n >= most) {
            for (int i = 0; i < bins; i++) {
                state[counts + i] *= 0.5f;
            }
        }
        state[counts + bin] += 1;
        return digits;
    }

    /** May lie outside the histogram. */
    private int bin(double low, double width, double x) {
        double bin = Math.floor((x - low) / width);
        return (int) Math.max(-1, Math.min(bins, bin));
    }

    private float total(float[] state, int counts) {
        float n = 0;
        for (int i = 0; i < bins; i++) {
            n += state[counts + i];
        }
        return n;
    }

    /** Doubles the bins' width and gives the new half to one side. */
    private void widen(float[] state, int lowAt, int counts, boolean down) {
        int half = bins / 2;
        double width = state[lowAt + channels];
        if (width > WIDEST) {
            return;
        }
        for (int i = 0; i < half; i++) {
            state[counts + i] = state[counts + 2 * i] + state[counts + 2 * i + 1];
        }
        if (down) {
            System.arraycopy(state, counts, state, counts + half, half);
            state[lowAt] = (float) Math.max(-Float.MAX_VALUE, state[lowAt] - bins * width);
        }
        int empty = counts + (down ? 0 : half);
        Arrays.fill(state, empty, empty + half, 0f);
        state[lowAt + channels] = (float) (2 * width);
    }
}
