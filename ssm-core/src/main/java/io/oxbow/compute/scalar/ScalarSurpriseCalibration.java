package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.SurpriseCalibration;

/** {@link SurpriseCalibration}, a stream's tokens in order. */
final class ScalarSurpriseCalibration implements OpKernel {
    private static final double MOST_DIGITS = 30;

    /** Just below log10 2: spares most tokens a logarithm. */
    private static final double LEAST_DIGITS_AN_OCTAVE = 0.301;

    /**
     * Weight of a token in units of 1 / n: 1 would average the whole past; more lets the restless
     * first tokens fade, and follows evidence that grows rarer as records do.
     */
    private static final double GAIN = 4;

    /** Share of the digits beyond those that the length of the past supports. */
    private static final double TRUST = 0.5;

    /** How many tokens the state before the first one is worth, times the gain. */
    private static final double PRIOR_TOKENS = 400;

    private static final double PRIOR_EXCEEDANCES = 80;

    /** Smallest distance per e-fold of probability, in digits: evidence may stand still. */
    private static final double SMALLEST_SPACING = 0.02;

    /** In mean excesses: what one value may count for. */
    private static final double LARGEST_EXCESS = 5;

    private final SurpriseCalibration op;
    private final double[] levels;
    private final double[] logLevels;

    ScalarSurpriseCalibration(SurpriseCalibration op) {
        this.op = op;
        this.levels =
                SurpriseCalibration.LEVELS.stream().mapToDouble(Double::doubleValue).toArray();
        this.logLevels = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            logLevels[i] = StrictMath.log(levels[i]);
        }
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
        float[] digits = frame.values(op.digits());
        float[] pValue = frame.values(op.pValue());
        for (int s = 0; s < batch.streamCount(); s++) {
            int quantiles = slots[s] * rowFloats + op.quantiles().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long token = counters[steps]++;
                long heard = token - op.silent();
                double found = heard < 0 ? 0 : digits(state, quantiles, in[t], heard);
                digits[t] = (float) found;
                pValue[t] =
                        token < op.warmUp()
                                ? Float.NaN
                                : (float) Logarithms.exp(-found * Logarithms.LN_10);
                if (heard >= 0) {
                    follow(state, quantiles, in[t], heard);
                }
            }
        }
    }

    private double digits(float[] state, int quantiles, double x, long seen) {
        return supported(-logProbability(state, quantiles, x) / Logarithms.LN_10, seen);
    }

    /** Beyond one in as many tokens as were seen, the tail is extrapolated with caution. */
    private static double supported(double digits, long seen) {
        int octaves = 63 - Long.numberOfLeadingZeros(Math.max(1, seen));
        if (digits <= octaves * LEAST_DIGITS_AN_OCTAVE) {
            return digits;
        }
        double shown = StrictMath.log10(Math.max(1, seen));
        double kept = digits <= shown ? digits : shown + TRUST * (digits - shown);
        return Math.min(MOST_DIGITS, kept);
    }

    /** Natural logarithm of the probability of at least {@code x}. */
    private double logProbability(float[] state, int quantiles, double x) {
        int last = levels.length - 1;
        if (x <= state[quantiles]) {
            double part = state[quantiles] > 0 ? Math.max(0, x / state[quantiles]) : 0;
            return Logarithms.ln(1 - part * (1 - levels[0]));
        }
        for (int i = 0; i < last; i++) {
            double low = state[quantiles + i];
            double high = state[quantiles + i + 1];
            if (x <= high) {
                double part = (x - low) / (high - low);
                return logLevels[i] + part * (logLevels[i + 1] - logLevels[i]);
            }
        }
        double excess = state[quantiles + levels.length];
        return logLevels[last] - (x - state[quantiles + last]) / excess;
    }

    /** Moves every quantile, and the mean excess over the last, by what {@code x} tells. */
    private void follow(float[] state, int quantiles, double x, long seen) {
        int last = levels.length - 1;
        double weight = Math.max(GAIN / (seen + PRIOR_TOKENS), op.minWeight());
        double beyond = x - state[quantiles + last];
        double excess = state[quantiles + levels.length];
        double lowest = 0;
        for (int i = 0; i <= last; i++) {
            double spacing =
                    i == last
                            ? excess
                            : (state[quantiles + i + 1] - state[quantiles + i])
                                    / (logLevels[i] - logLevels[i + 1]);
            double step = weight * Math.max(spacing, SMALLEST_SPACING) / levels[i];
            double exceeded = x > state[quantiles + i] ? 1 : 0;
            double moved = state[quantiles + i] + step * (exceeded - levels[i]);
            double kept = Math.max(moved, lowest);
            state[quantiles + i] = (float) kept;
            lowest = kept + SMALLEST_SPACING / 10;
        }
        if (beyond > 0) {
            double rate =
                    Math.max(
                            GAIN / (levels[last] * seen + PRIOR_EXCEEDANCES),
                            op.minWeight() / levels[last]);
            double counted = Math.min(beyond, LARGEST_EXCESS * excess);
            double learned = excess + Math.min(1, rate) * (counted - excess);
            state[quantiles + levels.length] = (float) Math.max(SMALLEST_SPACING, learned);
        }
    }
}
