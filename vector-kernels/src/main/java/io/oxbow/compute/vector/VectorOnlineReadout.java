package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.OnlineReadout;
import java.util.Arrays;

/**
 * {@link OnlineReadout}, a lane a channel. A stream's rows keep each channel's numbers together, so
 * a group of channels is turned into lanes once, steps through all of the stream's tokens in the
 * batch, and is turned back. Does what the scalar reference does, operation for operation.
 */
final class VectorOnlineReadout implements OpKernel {
    private static final int LANES = ChannelCovariance.LANES;

    /** Below this, in units of the target, an error is no news on any stream. */
    private static final double SMALLEST_SCALE = 0.01;

    private final OnlineReadout op;
    private final int featureCount;
    private final ChannelCovariance covariance;
    private final float[] weights;
    private final float[] last;
    private final float[] scale = new float[LANES];
    private final double[] predicted = new double[LANES];
    private final double[] error = new double[LANES];
    private final float ridgeRoot;

    VectorOnlineReadout(OnlineReadout op) {
        this.op = op;
        this.featureCount = op.featureCount();
        this.covariance = new ChannelCovariance(featureCount);
        this.weights = new float[featureCount * LANES];
        this.last = new float[featureCount * LANES];
        this.ridgeRoot = (float) Math.sqrt(op.ridge() * (1 - op.forgetting()) * featureCount);
    }

    /** Whether a stream has enough channels to fill most of a vector. */
    static boolean suits(OnlineReadout op) {
        return 2 * op.target().width() >= LANES;
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int rowFloats = frame.states().layout().floats();
        int rowLongs = frame.states().layout().longs();
        float[] state = frame.states().floats();
        long[] counters = frame.states().longs();
        int channels = op.target().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int from = batch.offsets()[s];
            int to = batch.offsets()[s + 1];
            int row = batch.slots()[s] * rowFloats;
            int steps = batch.slots()[s] * rowLongs + op.steps().offset();
            for (int c = 0; c < channels; c += LANES) {
                int count = Math.min(LANES, channels - c);
                load(state, row, c, count);
                for (int t = from; t < to; t++) {
                    step(frame, t * channels + c, count, counters[steps] + (t - from));
                }
                store(state, row, c, count);
            }
            counters[steps] += to - from;
        }
    }

    private void step(KernelFrame frame, int at, int count, long seen) {
        float[] target = frame.values(op.target());
        float[] prediction = frame.values(op.prediction());
        float[] errors = frame.values(op.error());
        float[] surprise = frame.values(op.surprise());
        predict();
        for (int lane = 0; lane < count; lane++) {
            double value = Math.max(-op.limit(), Math.min(op.limit(), predicted[lane]));
            double miss = target[at + lane] - value;
            double unit = Math.max(scale[lane], SMALLEST_SCALE);
            prediction[at + lane] = (float) value;
            errors[at + lane] = (float) miss;
            surprise[at + lane] = (float) (miss / unit);
            double bound = op.huber() * unit;
            error[lane] = Math.max(-bound, Math.min(bound, miss));
        }
        if (seen > 0) {
            learn(count, seen);
        }
        toLanes(frame.values(op.features()), at * featureCount, featureCount, last, count);
    }

    private void predict() {
        Arrays.fill(predicted, 0);
        for (int i = 0; i < featureCount * LANES; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                predicted[lane] += (double) weights[i + lane] * last[i + lane];
            }
        }
    }

    private void learn(int count, long seen) {
        double gain = Math.max(1.0 / (seen + 1), 1 - op.forgetting());
        for (int lane = 0; lane < count; lane++) {
            double square = (double) scale[lane] * scale[lane];
            double miss = error[lane];
            scale[lane] = (float) Math.sqrt(square + gain * (miss * miss - square));
        }
        covariance.measure(last, op.forgetting());
        covariance.correct(weights, error);
        int restored = (int) (seen % featureCount);
        covariance.measureOne(restored, ridgeRoot);
        for (int lane = 0; lane < LANES; lane++) {
            error[lane] = -(double) ridgeRoot * weights[restored * LANES + lane];
        }
        covariance.correct(weights, error);
    }

    private void load(float[] state, int row, int c, int count) {
        int packed = OnlineReadout.packedLength(featureCount);
        int covariances = row + op.covariance().offset() + c * packed;
        int vectors = c * featureCount;
        toLanes(state, covariances, packed, covariance.packed(), count);
        toLanes(state, row + op.weights().offset() + vectors, featureCount, weights, count);
        toLanes(state, row + op.last().offset() + vectors, featureCount, last, count);
        System.arraycopy(state, row + op.scale().offset() + c, scale, 0, count);
    }

    private void store(float[] state, int row, int c, int count) {
        int packed = OnlineReadout.packedLength(featureCount);
        int covariances = row + op.covariance().offset() + c * packed;
        int vectors = c * featureCount;
        fromLanes(covariance.packed(), state, covariances, packed, count);
        fromLanes(weights, state, row + op.weights().offset() + vectors, featureCount, count);
        fromLanes(last, state, row + op.last().offset() + vectors, featureCount, count);
        System.arraycopy(scale, 0, state, row + op.scale().offset() + c, count);
    }

    /** {@code (count, length)} rows into {@code (length, LANES)}; further lanes become zero. */
    private static void toLanes(float[] rows, int at, int length, float[] lanes, int count) {
        for (int lane = 0; lane < count; lane++) {
            int row = at + lane * length;
            for (int i = 0; i < length; i++) {
                lanes[i * LANES + lane] = rows[row + i];
            }
        }
        for (int lane = count; lane < LANES; lane++) {
            for (int i = 0; i < length; i++) {
                lanes[i * LANES + lane] = 0;
            }
        }
    }

    private static void fromLanes(float[] lanes, float[] rows, int at, int length, int count) {
        for (int lane = 0; lane < count; lane++) {
            int row = at + lane * length;
            for (int i = 0; i < length; i++) {
                rows[row + i] = lanes[i * LANES + lane];
            }
        }
    }
}
