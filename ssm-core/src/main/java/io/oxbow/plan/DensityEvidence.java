package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * How rarely each channel takes values like this one, in decimal digits of probability: {@code
 * min(cap, -log10((k + 1) / (n + 2)))}, where {@code k} of the {@code n} tokens so far fell into
 * the same bin of a histogram. So a value between two levels that a channel switches between shows,
 * though it is no larger than either.
 *
 * <p>The bins are equally wide. Where a value lies beyond them they double in width, and pairs of
 * bins become one, until it has a bin; after {@code warmUp} tokens they double once a token at
 * most, so that one absurd value does not make all others one. A value that has no bin yet gives no
 * evidence here: it is beyond all before, which other evidence tells. When the histogram holds
 * {@code 2 / minWeight} tokens it is halved.
 *
 * @param in (channels)
 * @param out (channels), in [0, cap]
 * @param bounds state segment (2, channels): where the first bin begins, the width of a bin
 * @param counts state segment (channels, bins), an even number of bins
 * @param steps state segment (1), i64
 * @param minWeight one in so many tokens is remembered
 * @param warmUp tokens without evidence
 * @param cap largest evidence
 */
public record DensityEvidence(
        Register in,
        Register out,
        Segment bounds,
        Segment counts,
        Segment steps,
        double minWeight,
        int warmUp,
        float cap)
        implements StepOp {
    public DensityEvidence {
        Shapes.same(in, out);
        Shapes.holds(bounds, Dtype.F32, 2 * in.width());
        Shapes.holds(counts, Dtype.F32, counts.length() / (2 * in.width()) * 2 * in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("minWeight", minWeight, 0, 1);
        Shapes.within("warmUp", warmUp, 0, Integer.MAX_VALUE);
        Shapes.within("cap", cap, 0, 1e6);
    }

    /** Bins of a channel. */
    public int bins() {
        return counts.length() / in.width();
    }
}
