package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.OnlineReadout;

/** {@link OnlineReadout}, a stream's tokens in order, a channel at a time. */
final class ScalarOnlineReadout implements OpKernel {
    /** Below this, in units of the target, an error is no news on any stream. */
    private static final double SMALLEST_SCALE = 0.01;

    private final OnlineReadout op;
    private final TriangularCovariance covariance;
    private final float[] ridgeFeatures;
    private final float ridgeRoot;

    ScalarOnlineReadout(OnlineReadout op) {
        int d = op.featureCount();
        this.op = op;
        this.covariance = new TriangularCovariance(d);
        this.ridgeFeatures = new float[d];
        this.ridgeRoot = (float) Math.sqrt(op.ridge() * (1 - op.forgetting()) * d);
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        int rowLongs = frame.states().layout().longs();
        long[] counters = frame.states().longs();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats;
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                for (int c = 0; c < op.target().width(); c++) {
                    step(frame, t, c, row, counters[steps]);
                }
                counters[steps]++;
            }
        }
    }

    private void step(KernelFrame frame, int t, int c, int row, long seen) {
        float[] state = frame.states().floats();
        int channels = op.target().width();
        int d = op.featureCount();
        int at = t * channels + c;
        int weights = row + op.weights().offset() + c * d;
        int last = row + op.last().offset() + c * d;
        int scaleAt = row + op.scale().offset() + c;

        double predicted = 0;
        for (int i = 0; i < d; i++) {
            predicted += (double) state[weights + i] * state[last + i];
        }
        predicted = Math.max(-op.limit(), Math.min(op.limit(), predicted));
        double error = frame.values(op.target())[at] - predicted;
        double scale = Math.max(state[scaleAt], SMALLEST_SCALE);
        frame.values(op.prediction())[at] = (float) predicted;
        frame.values(op.error())[at] = (float) error;
        frame.values(op.surprise())[at] = (float) (error / scale);

        double bound = op.huber() * scale;
        double bounded = Math.max(-bound, Math.min(bound, error));
        if (seen > 0) {
            learn(state, row, c, bounded, seen);
            double gain = Math.max(1.0 / (seen + 1), 1 - op.forgetting());
            double square = (double) state[scaleAt] * state[scaleAt];
            state[scaleAt] = (float) Math.sqrt(square + gain * (bounded * bounded - square));
        }
        System.arraycopy(frame.values(op.features()), at * d, state, last, d);
    }

    private void learn(float[] state, int row, int c, double error, long seen) {
        int d = op.featureCount();
        int weights = row + op.weights().offset() + c * d;
        int last = row + op.last().offset() + c * d;
        int packed = row + op.covariance().offset() + c * OnlineReadout.packedLength(d);
        covariance.measure(state, packed, state, last, 0, op.forgetting());
        covariance.correct(state, weights, error);

        int restored = (int) (seen % d);
        ridgeFeatures[restored] = ridgeRoot;
        covariance.measure(state, packed, ridgeFeatures, 0, restored, 1);
        covariance.correct(state, weights, -(double) ridgeRoot * state[weights + restored]);
        ridgeFeatures[restored] = 0;
    }
}
