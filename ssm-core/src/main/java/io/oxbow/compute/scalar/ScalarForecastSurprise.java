package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.ForecastSurprise;

/** {@link ForecastSurprise}, a stream's tokens in order. */
final class ScalarForecastSurprise implements OpKernel {
    private static final double SMALLEST_SCALE = 0.01;
    private static final double FARTHEST = 1e9;

    private final ForecastSurprise op;

    ScalarForecastSurprise(ForecastSurprise op) {
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
        float[] forecast = frame.values(op.forecast());
        float[] deviation = frame.values(op.deviation());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int scales = slots[s] * rowFloats + op.scale().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                double weight = Math.max(1.0 / (seen + 1), op.minWeight());
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    double error = ((double) in[at] - forecast[at]) / deviation[at];
                    out[at] = Double.isNaN(error) ? 0 : step(state, scales + c, error, weight);
                }
            }
        }
    }

    private float step(float[] state, int scaleAt, double error, double weight) {
        double scale = Math.max(state[scaleAt], SMALLEST_SCALE);
        double bound = op.huber() * scale;
        double bounded = Math.min(Math.abs(error), bound);
        double square = (double) state[scaleAt] * state[scaleAt];
        state[scaleAt] = (float) Math.sqrt(square + weight * (bounded * bounded - square));
        return (float) (Math.max(-FARTHEST, Math.min(FARTHEST, error)) / scale);
    }
}
