package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.LeastSquares;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.OnlineReadout;

/** {@link HorizonReadout}, a stream's tokens in order; the horizon runs innermost. */
final class ScalarHorizonReadout implements OpKernel {
    /** Below this, in units of the target, an error is no news on any stream. */
    private static final float SMALLEST_SCALE = 0.01f;

    private final HorizonReadout op;
    private final int channels;
    private final int featureCount;
    private final int horizon;
    private final int groups;
    private final int packedLength;
    private final int[] levels;
    private final LeastSquares covariance;
    private final float[] psi;
    private final float[] error;
    private final float ridgeRoot;

    /**
     * @param covariance of as many weights as a channel has features
     */
    ScalarHorizonReadout(HorizonReadout op, LeastSquares covariance) {
        this.op = op;
        this.channels = op.channels();
        this.featureCount = op.featureCount();
        this.horizon = op.horizon();
        this.groups = op.groups();
        this.packedLength = OnlineReadout.packedLength(featureCount);
        this.levels = op.levels().stream().mapToInt(Integer::intValue).toArray();
        this.covariance = covariance;
        this.psi = new float[featureCount];
        this.error = new float[horizon];
        this.ridgeRoot = (float) Math.sqrt(op.ridge() * (1 - op.forgetting()) * featureCount);
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int rowFloats = frame.states().layout().floats();
        int rowLongs = frame.states().layout().longs();
        float[] state = frame.states().floats();
        long[] counters = frame.states().longs();
        for (int s = 0; s < batch.streamCount(); s++) {
            int from = batch.offsets()[s];
            int to = batch.offsets()[s + 1];
            int row = batch.slots()[s] * rowFloats;
            int steps = batch.slots()[s] * rowLongs + op.steps().offset();
            for (int t = from; t < to; t++) {
                step(frame, t, state, row, counters[steps]++);
            }
            if (from < to) {
                int units = row + op.units().offset();
                int last = (to - 1) * channels;
                System.arraycopy(frame.values(op.mean()), last, state, units, channels);
                System.arraycopy(
                        frame.values(op.deviation()), last, state, units + channels, channels);
            }
        }
    }

    private void step(KernelFrame frame, int t, float[] state, int row, long seen) {
        float[] target = frame.values(op.target());
        int values = row + op.values().offset() + (int) (seen % horizon);
        for (int c = 0; c < channels; c++) {
            state[values + c * horizon] = target[t * channels + c];
        }
        long origin = seen - horizon;
        if (origin >= 0 && origin % op.every() == 0) {
            long number = origin / op.every();
            for (int g = 0; g < groups; g++) {
                learn(state, row, g, number, seen);
            }
        }
        if (seen % op.every() == 0) {
            open(frame.values(op.features()), t, state, row, seen / op.every());
        }
    }

    /** Lets the token wait for its targets. */
    private void open(float[] features, int t, float[] state, int row, long number) {
        for (int g = 0; g < groups; g++) {
            int from = (t * channels + taught(g, number)) * featureCount;
            System.arraycopy(features, from, state, place(row, g, number), featureCount);
        }
    }

    /** The channel by which an origin teaches a group's weights. */
    private int taught(int group, long number) {
        return groups == 1 ? (int) (number % channels) : group;
    }

    private int place(int row, int group, long number) {
        int slot = (int) (number % op.waiting()) * groups + group;
        return row + op.origins().offset() + slot * featureCount;
    }

    private void learn(float[] state, int row, int group, long number, long seen) {
        int weights = row + op.weights().offset() + group * featureCount * horizon;
        int packed = row + op.covariance().offset() + group * packedLength;
        int channel = taught(group, number);
        float level = Outlook.relative(state, place(row, group, number), levels, psi);
        covariance.predict(state, weights, psi, error);
        miss(state, row, channel, level, (int) (seen % horizon));
        bound(state, row + op.scales().offset() + channel * horizon, taughtBefore(number));
        covariance.measure(state, packed, psi, 0, op.forgetting());
        covariance.correct(state, weights, error);

        int restored = (int) (number % featureCount);
        covariance.measureOne(state, packed, restored, ridgeRoot);
        for (int h = 0; h < horizon; h++) {
            error[h] = -ridgeRoot * state[weights + restored * horizon + h];
        }
        covariance.correct(state, weights, error);
    }

    private long taughtBefore(long number) {
        return groups == 1 ? number / channels : number;
    }

    /** Turns predictions into errors: the targets begin behind place {@code newest}. */
    private void miss(float[] state, int row, int channel, float level, int newest) {
        int values = row + op.values().offset() + channel * horizon;
        int place = newest;
        for (int h = 0; h < horizon; h++) {
            place = place + 1 == horizon ? 0 : place + 1;
            error[h] = state[values + place] - level - error[h];
        }
    }

    /** Keeps each error within its bound, and learns the bound from it. */
    private void bound(float[] state, int scales, long before) {
        double share =
                Math.max(
                        HorizonReadout.FIRST / (before + HorizonReadout.AFTER),
                        HorizonReadout.LEAST);
        float less = (float) (1 - 2 * share * HorizonReadout.OUTSIDE);
        float more = (float) (1 + 2 * share * (1 - HorizonReadout.OUTSIDE));
        float huber = (float) op.huber();
        for (int h = 0; h < horizon; h++) {
            float scale = state[scales + h];
            float most = huber * Math.max(scale, SMALLEST_SCALE);
            float moved = scale * (Math.abs(error[h]) > scale ? more : less);
            state[scales + h] = Math.max(moved, (float) HorizonReadout.SMALLEST);
            error[h] = Math.max(-most, Math.min(most, error[h]));
        }
    }
}
