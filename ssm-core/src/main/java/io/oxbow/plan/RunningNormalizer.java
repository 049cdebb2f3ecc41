package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * Brings each channel to mean 0 and deviation 1 by its own running moments, and bends what lies far
 * out into (-limit, limit).
 *
 * <pre>
 * w  = max(1 / n, minWeight)                          n: tokens seen, with this one
 * z  = (x - mean) / deviation                         moments of the tokens before this one
 * u  = z / (1 + (z / limit)^4)^(1/4)
 * mean += w d,  variance = (1 - w) (variance + w d^2)   d: x - mean within 100 deviations
 * </pre>
 *
 * The bound on d is lifted for the first tokens; afterwards it keeps one absurd value from blinding
 * the channel. While a channel has shown little or no variation, a thousandth of its mean stands in
 * for the deviation, fading as {@code w} does. The first token has no past: u is 0, mean is NaN.
 *
 * @param in (channels)
 * @param out (channels): u
 * @param mean (channels): the mean before the token, in units of the input
 * @param deviation (channels): the deviation before the token, in units of the input, positive
 * @param moments state segment (2, channels): means, deviations
 * @param steps state segment (1), i64
 * @param limit bound of u
 * @param minWeight weight of a token once 1 / n is smaller: the memory's length is its inverse
 */
public record RunningNormalizer(
        Register in,
        Register out,
        Register mean,
        Register deviation,
        Segment moments,
        Segment steps,
        float limit,
        double minWeight)
        implements StepOp {
    public RunningNormalizer {
        Shapes.same(in, out, mean, deviation);
        Shapes.holds(moments, Dtype.F32, 2 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("limit", limit, 0, 1e6);
        Shapes.within("minWeight", minWeight, 0, 1);
    }
}
