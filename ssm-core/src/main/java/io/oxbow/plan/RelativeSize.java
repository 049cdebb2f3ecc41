package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * A size in units of its own running mean, channel by channel: 1 is usual. A number that is never
 * negative, divided by its expectation, is an e-value, and the average of e-values is one again,
 * however they depend on each other (Vovk and Wang 2021, E-values: calibration, combination and
 * applications, Annals of Statistics 49), so that sizes of different things may be averaged.
 *
 * <pre>
 * y     = SIZE_OF_AVERAGE  |running mean of x over length|
 *         PEAK             max(|x|, y exp(-1 / length))
 *         PRESENT          |x|
 * out   = y / (mean + 0.001)                          mean of the y before this one
 * mean += max(1 / n, minWeight) (min(y, 2 mean) - mean)   n: tokens since y first was not 0
 * </pre>
 *
 * The bound of twice the mean, lifted for the first 50 tokens, keeps a long anomaly from becoming
 * usual while it lasts. Running means have the weight 2 / (length + 1). {@code |x|} counts up to
 * {@code limit}.
 *
 * @param in (channels)
 * @param out (channels), 0 for the first {@code warmUp} tokens
 * @param sizes state segment (3, channels): y or the running mean it is the size of, mean, n up to
 *     1 / minWeight
 * @param steps state segment (1), i64
 * @param length in tokens
 * @param limit largest {@code |x|}
 * @param minWeight weight of a token once 1 / n is smaller
 * @param warmUp tokens
 */
public record RelativeSize(
        Register in,
        Register out,
        Segment sizes,
        Segment steps,
        Kind kind,
        double length,
        float limit,
        double minWeight,
        int warmUp)
        implements StepOp {

    /** What is called the size of a channel. */
    public enum Kind {
        SIZE_OF_AVERAGE,
        PEAK,
        PRESENT
    }

    public RelativeSize {
        Shapes.same(in, out);
        Shapes.holds(sizes, Dtype.F32, 3 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("length", length, 0, 1e9);
        Shapes.within("limit", limit, 0, Float.MAX_VALUE);
        Shapes.within("minWeight", minWeight, 0, 1);
    }
}
