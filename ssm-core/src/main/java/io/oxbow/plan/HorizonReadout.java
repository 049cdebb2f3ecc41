package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import java.util.List;

/**
 * A linear forecast of each channel's next {@code horizon} values from its present features,
 * learned on the stream by recursive least squares with one gain for all of them.
 *
 * <pre>
 * level  = features[levels[0]]
 * psi    = features, less the level at each of {@code levels}, so that the first becomes 0
 * y_h    = target h tokens later - level                            h = 1 .. horizon
 * W      = argmin sum over origins forgetting^age |y - W' psi|^2 + ridge |W|^2
 * scale_h *= 1 + 2 g (outside_h - 0.3173)                           g = max(4 / (n + 8), 0.002)
 * outside_h: 1 where |e_h| > scale_h, else 0;                       n: origins before
 * </pre>
 *
 * {@code levels} are the features that a constant input brings to that constant. So a stream that
 * moves as a whole moves its forecast along, and what is not learned yet is forecast to stay.
 *
 * <p>The scales are running quantiles: 68.27 of 100 errors are at most one, as many as a normal
 * distribution has within its deviation, whatever distribution these errors have and also while it
 * changes (Robbins and Monro 1951, A Stochastic Approximation Method; Gibbs and Candes 2021,
 * Adaptive Conformal Inference Under Distribution Shift).
 *
 * <p>An origin is a token that something is learned from, every {@code every}-th; it waits with its
 * features until the last of its targets has been seen, so nothing is learned from the future.
 * Either each channel has weights of its own, and each origin teaches all of them; or the channels
 * share one set, and take turns in teaching it. An error past {@code huber} scales moves the
 * weights as one of just that size would. The covariance is kept positive and bounded as in {@link
 * OnlineReadout}.
 *
 * <p>Advances state only: what it forecasts is computed when it is asked for, by {@code
 * io.oxbow.compute.scalar.Outlook}.
 *
 * @param features (channels * features), channel-major
 * @param target (channels)
 * @param mean (channels): with {@code deviation}, how the target is read in units of the input
 * @param deviation (channels)
 * @param present state segment (channels, features), kept by another operation: the features of the
 *     last token
 * @param weights state segment (groups, features, horizon): one group, or as many as channels
 * @param covariance state segment (groups, features (features + 1) / 2), as in OnlineReadout
 * @param origins state segment (ceil(horizon / every), groups, features): features of origins that
 *     wait for their targets
 * @param values state segment (channels, horizon): the last values of the target, token n at n
 *     modulo horizon
 * @param scales state segment (channels, horizon)
 * @param units state segment (2, channels): mean and deviation of the last token
 * @param steps state segment (1), i64
 * @param levels indices into a channel's features
 * @param every tokens from one origin to the next
 * @param forgetting weight of an origin relative to the next of its group, in (0, 1)
 * @param ridge positive
 * @param huber in scales
 * @param limit largest forecast, the bound of the normaliser
 */
public record HorizonReadout(
        Register features,
        Register target,
        Register mean,
        Register deviation,
        Segment present,
        Segment weights,
        Segment covariance,
        Segment origins,
        Segment values,
        Segment scales,
        Segment units,
        Segment steps,
        List<Integer> levels,
        int every,
        double forgetting,
        double ridge,
        double huber,
        float limit)
        implements StepOp {
    /** Share of the errors that exceed their scale. */
    public static final double OUTSIDE = 0.3173;

    /** Weight of an origin in a scale: {@code max(FIRST / (n + AFTER), LEAST)}. */
    public static final double FIRST = 4;

    public static final double AFTER = 8;
    public static final double LEAST = 0.002;

    /** Smallest scale, in units of the target: a stream may stand still for long. */
    public static final double SMALLEST = 1e-3;

    public HorizonReadout {
        levels = List.copyOf(levels);
        Shapes.same(target, mean, deviation);
        Shapes.multiple(features, target);
        int channels = target.width();
        int d = features.width() / channels;
        int horizon = values.length() / channels;
        int groups = weights.length() / (d * horizon);
        Shapes.within("every", every, 0, horizon);
        if (groups != 1 && groups != channels) {
            throw new IllegalArgumentException(groups + " sets of weights for " + target);
        }
        if (levels.isEmpty() || levels.stream().anyMatch(i -> i < 0 || i >= d)) {
            throw new IllegalArgumentException("no levels of " + d + " features: " + levels);
        }
        Shapes.holds(present, Dtype.F32, features.width());
        Shapes.holds(weights, Dtype.F32, groups * d * horizon);
        Shapes.holds(covariance, Dtype.F32, groups * OnlineReadout.packedLength(d));
        Shapes.holds(origins, Dtype.F32, waiting(horizon, every) * groups * d);
        Shapes.holds(values, Dtype.F32, channels * horizon);
        Shapes.holds(scales, Dtype.F32, channels * horizon);
        Shapes.holds(units, Dtype.F32, 2 * channels);
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("forgetting", forgetting, 0, 1);
        Shapes.within("ridge", ridge, 0, 1e12);
        Shapes.within("huber", huber, 0, 1e6);
        Shapes.within("limit", limit, 0, 1e6);
    }

    /** How many origins wait for their targets at a time. */
    public static int waiting(int horizon, int every) {
        return (horizon + every - 1) / every;
    }

    public int channels() {
        return target.width();
    }

    /** Length of one channel's feature vector. */
    public int featureCount() {
        return features.width() / target.width();
    }

    /** How many values ahead are forecast. */
    public int horizon() {
        return values.length() / target.width();
    }

    /** How many sets of weights there are: 1, or one a channel. */
    public int groups() {
        return weights.length() / (featureCount() * horizon());
    }

    /** How many origins wait for their targets at a time. */
    public int waiting() {
        return waiting(horizon(), every);
    }

    /** How many origins have taught the weights of a stream of that many tokens. */
    public long learned(long seen) {
        return seen <= horizon() ? 0 : (seen - horizon() - 1) / every + 1;
    }

    /** Writes the state before the first token: covariance {@code I / ridge}, scales 1. */
    public void initialise(StateRows row) {
        int d = featureCount();
        int packed = OnlineReadout.packedLength(d);
        for (int g = 0; g < groups(); g++) {
            for (int j = 0; j < d; j++) {
                int diagonal = OnlineReadout.packedLength(j) + j;
                row.floats()[covariance.offset() + g * packed + diagonal] = (float) (1 / ridge);
            }
        }
        for (int i = 0; i < scales.length(); i++) {
            row.floats()[scales.offset() + i] = 1;
        }
    }

    @Override
    public long flops() {
        long d = featureCount();
        return groups() * (2 * d * d + 3 * d * horizon()) / every;
    }
}
