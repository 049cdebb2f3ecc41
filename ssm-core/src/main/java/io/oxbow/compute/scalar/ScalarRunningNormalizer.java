package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.RunningNormalizer;

/** {@link RunningNormalizer}, a stream's tokens in order, moments in double between loads. */
final class ScalarRunningNormalizer implements OpKernel {
    /** Stands in for the deviation, relative to the mean, before any variation was seen. */
    private static final double UNSEEN_VARIATION = 1e-3;

    private static final double SMALLEST_DEVIATION = 1e-12;
    private static final double FARTHEST = 1e9;

    /** Deviations by which one token may move the moments. */
    private static final double REACH = 100;

    /** Tokens before the moments are worth protecting from an outlier. */
    private static final long UNBOUNDED_TOKENS = 16;

    private final RunningNormalizer op;

    ScalarRunningNormalizer(RunningNormalizer op) {
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
        for (int s = 0; s < batch.streamCount(); s++) {
            int moments = slots[s] * rowFloats + op.moments().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                step(frame, t, state, moments, counters[steps]);
                counters[steps]++;
            }
        }
    }

    private void step(KernelFrame frame, int t, float[] state, int moments, long seen) {
        int channels = op.in().width();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        float[] meanOut = frame.values(op.mean());
        float[] deviationOut = frame.values(op.deviation());
        double limit = op.limit();
        double weight = Math.max(1.0 / (seen + 1), op.minWeight());
        double doubt = seen == 0 ? 1 : Math.max(1.0 / seen, op.minWeight());
        double reach = seen < UNBOUNDED_TOKENS ? Double.MAX_VALUE : REACH;
        for (int c = 0; c < channels; c++) {
            double x = in[t * channels + c];
            double mean = seen == 0 ? x : state[moments + c];
            double spread = state[moments + channels + c];
            double floor = UNSEEN_VARIATION * Math.abs(mean) + SMALLEST_DEVIATION;
            double deviation = Math.sqrt(spread * spread + doubt * floor * floor);
            double bound = reach * deviation;
            double delta = Math.max(-bound, Math.min(bound, x - mean));

            out[t * channels + c] = (float) softClip((x - mean) / deviation, limit);
            meanOut[t * channels + c] = seen == 0 ? Float.NaN : (float) mean;
            deviationOut[t * channels + c] = (float) Math.min(deviation, Float.MAX_VALUE);

            double variance = (1 - weight) * (spread * spread + weight * delta * delta);
            state[moments + c] = (float) (mean + weight * delta);
            state[moments + channels + c] = (float) Math.min(Math.sqrt(variance), Float.MAX_VALUE);
        }
    }

    private static double softClip(double z, double limit) {
        double near = Math.max(-FARTHEST, Math.min(FARTHEST, z));
        double square = (near / limit) * (near / limit);
        return near / Math.sqrt(Math.sqrt(1 + square * square));
    }
}
