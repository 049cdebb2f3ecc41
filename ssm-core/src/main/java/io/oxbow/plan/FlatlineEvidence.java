package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * How unlikely it is that each channel repeats one value for so long, beyond the longest it has
 * done so before, in decimal digits of probability.
 *
 * <pre>
 * run      += -log10((repeats + 1) / (n + 2))    x equals the value before it; else 0
 * evidence  = min(cap, max(0, run - longest))
 * longest   = the greatest run that has ended
 * </pre>
 *
 * where {@code repeats} of the {@code n} tokens so far repeated the one before: the rule of
 * succession (Laplace), so a run's digits are those of its probability where repeats come by
 * chance. What a channel does by nature weighs nothing: one that is constant expects the next
 * repeat, and one that rests each night has rested as long before. Repeats are forgotten at the
 * rate {@code minWeight}; the longest run is not.
 *
 * @param in (channels)
 * @param out (channels), in [0, cap]
 * @param runs state segment (4, channels): last value, repeats, the present run, the longest
 * @param steps state segment (1), i64
 * @param minWeight weight of a token once 1 / n is smaller
 * @param warmUp tokens without evidence
 * @param cap largest evidence
 */
public record FlatlineEvidence(
        Register in,
        Register out,
        Segment runs,
        Segment steps,
        double minWeight,
        int warmUp,
        float cap)
        implements StepOp {
    public FlatlineEvidence {
        Shapes.same(in, out);
        Shapes.holds(runs, Dtype.F32, 4 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("minWeight", minWeight, 0, 1);
        Shapes.within("warmUp", warmUp, 0, Integer.MAX_VALUE);
        Shapes.within("cap", cap, 0, 1e6);
    }
}
