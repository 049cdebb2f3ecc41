package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * How far each channel stands outside everything it has shown before: {@code min(cap, log10(n / 2),
 * 2 ln(1 + 50 beyond / (high - low)))}, where {@code beyond} is the distance past the nearer of the
 * channel's extremes, and 0 within them. One in n / 2 of n exchangeable tokens is a new extreme: a
 * short past cannot support more digits.
 *
 * <p>A token moves an extreme by at most the present range, so that one absurd value does not make
 * room for all later ones. The first {@code warmUp} tokens set the extremes and give no evidence.
 *
 * @param in (channels)
 * @param out (channels), in [0, cap]
 * @param extremes state segment (2, channels): low, high
 * @param steps state segment (1), i64
 * @param warmUp tokens, at least 1
 * @param cap largest evidence
 */
public record ExtremesEvidence(
        Register in, Register out, Segment extremes, Segment steps, int warmUp, float cap)
        implements StepOp {
    public ExtremesEvidence {
        Shapes.same(in, out);
        Shapes.holds(extremes, Dtype.F32, 2 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("warmUp", warmUp, 0, Integer.MAX_VALUE);
        Shapes.within("cap", cap, 0, 1e6);
    }
}
