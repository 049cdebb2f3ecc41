package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;

/**
 * How rare the size of each channel's value is among its own past sizes, in decimal digits of
 * probability.
 *
 * <pre>
 * l        = ln |x|
 * evidence = -log10(level) + (l - q) / (gamma ln 10)      l &gt; q, the Pareto tail of Hill (1975)
 *          = -log10(level) / (1 + 2 (q - l))              otherwise
 * q       += w gamma / level (1[l &gt; q] - level)           the running log-quantile
 * gamma   += v (min(l - q, 10 gamma) - gamma)             the mean excess, where l &gt; q
 * </pre>
 *
 * with {@code w = max(2 / (n + 40), minWeight)} and {@code v = max(2 / (level n + 10), minWeight /
 * level)}; the gain of 2 lets the first tokens fade. The size of a value is taken to be at least a
 * millionth, q at least ln 0.5 and gamma at least 0.05, so that a channel that never moves does not
 * find its first tremor infinitely rare: values are expected in units of their own usual size.
 *
 * @param in (channels)
 * @param out (channels), in [0, cap]
 * @param tail state segment (2, channels): q, gamma
 * @param steps state segment (1), i64
 * @param level probability of the tail, in (0, 0.5)
 * @param minWeight weight of a token once 1 / n is smaller
 * @param warmUp tokens without evidence
 * @param cap largest evidence
 */
public record TailEvidence(
        Register in,
        Register out,
        Segment tail,
        Segment steps,
        double level,
        double minWeight,
        int warmUp,
        float cap)
        implements StepOp {
    public TailEvidence {
        Shapes.same(in, out);
        Shapes.holds(tail, Dtype.F32, 2 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("level", level, 0, 0.5);
        Shapes.within("minWeight", minWeight, 0, 1);
        Shapes.within("cap", cap, 0, 1e6);
    }

    /** Writes the state before the first token: the tail of a value of usual size about 1. */
    public void initialise(StateRows row) {
        int channels = in.width();
        for (int c = 0; c < channels; c++) {
            row.floats()[tail.offset() + c] = (float) Math.log(2);
            row.floats()[tail.offset() + channels + c] = 0.2f;
        }
    }
}
