package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.LeastSquares;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.OnlineReadout;

/** {@link OnlineReadout}, a stream's tokens in order, a channel at a time. */
final class ScalarOnlineReadout implements OpKernel {
    /** Below this, in units of the target, an error is no news on any stream. */
    private static final double SMALLEST_SCALE = 0.01;

    private final OnlineReadout op;
    private final LeastSquares covariance;
    private final int channels;
    private final int featureCount;
    private final float ridgeRoot;

    /**
     * @param covariance of as many weights as a channel has features
     */
    ScalarOnlineReadout(OnlineReadout op, LeastSquares covariance) {
        this.op = op;
        this.covariance = covariance;
        this.channels = op.target().width();
        this.featureCount = op.featureCount();
        this.ridgeRoot = (float) Math.sqrt(op.ridge() * (1 - op.forgetting()) * featureCount);
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
            int row = slots[s] * rowFloats;
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                for (int c = 0; c < channels; c++) {
                    judge(frame, t * channels + c, row, c, seen);
                }
                int last = row + op.last().offset();
                int width = channels * featureCount;
                System.arraycopy(frame.values(op.features()), t * width, state, last, width);
            }
        }
    }

    private void judge(KernelFrame frame, int at, int row, int c, long seen) {
        float[] state = frame.states().floats();
        int weights = row + op.weights().offset() + c * featureCount;
        int last = row + op.last().offset() + c * featureCount;
        int scaleAt = row + op.scale().offset() + c;

        double predicted = covariance.predict(state, weights, state, last);
        predicted = Math.max(-op.limit(), Math.min(op.limit(), predicted));
        double error = frame.values(op.target())[at] - predicted;
        double scale = Math.max(state[scaleAt], SMALLEST_SCALE);
        frame.values(op.prediction())[at] = (float) predicted;
        frame.values(op.error())[at] = (float) error;
        frame.values(op.surprise())[at] = (float) (error / scale);

        if (seen > 0) {
            double bound = op.huber() * scale;
            double bounded = Math.max(-bound, Math.min(bound, error));
            learn(state, row, c, bounded, seen);
            double gain = Math.max(1.0 / (seen + 1), 1 - op.forgetting());
            double square = (double) state[scaleAt] * state[scaleAt];
            state[scaleAt] = (float) Math.sqrt(square + gain * (bounded * bounded - square));
        }
    }

    private void learn(float[] state, int row, int c, double error, long seen) {
        int weights = row + op.weights().offset() + c * featureCount;
        int last = row + op.last().offset() + c * featureCount;
        int packed = row + op.covariance().offset() + c * OnlineReadout.packedLength(featureCount);
        covariance.measure(state, packed, state, last, op.forgetting());
        covariance.correct(state, weights, error);

        int restored = (int) (seen % featureCount);
        covariance.measureOne(state, packed, restored, ridgeRoot);
        covariance.correct(state, weights, -(double) ridgeRoot * state[weights + restored]);
    }
}
