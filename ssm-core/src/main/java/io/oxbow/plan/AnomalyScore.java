package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import java.util.List;

/**
 * One score in [0, 1] that says both when something began and how strange the stream still is.
 *
 * <pre>
 * alert     evidence of at least least, above all evidence of the last tokens
 * strange   mean over sizes of their mean over channels; 1 is usual
 * score   = 0.5 + 0.5 min(1, evidence / most)     on an alert
 *         = 0.5 strange / (strange + 4)           otherwise
 * </pre>
 *
 * So every score above 0.5 is the first token of something and the height says how sure; a score
 * below ranks how unusual the present stretch is. "The last tokens" are the present block of {@code
 * block} tokens and the blocks before it that are kept.
 *
 * @param evidence (1), not negative
 * @param sizes each (any number of channels), not negative
 * @param score (1)
 * @param peaks state segment (blocks): the largest evidence of each
 * @param steps state segment (1), i64
 * @param block tokens
 * @param least evidence of the weakest alert
 * @param most evidence that cannot be surpassed
 * @param warmUp tokens that score 0
 */
public record AnomalyScore(
        Register evidence,
        List<Register> sizes,
        Register score,
        Segment peaks,
        Segment steps,
        int block,
        float least,
        float most,
        int warmUp)
        implements StepOp {
    public AnomalyScore {
        sizes = List.copyOf(sizes);
        Shapes.same(evidence, score);
        Shapes.holds(peaks, Dtype.F32, peaks.length());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("block", block, 0, Integer.MAX_VALUE);
        Shapes.within("least", least, 0, most);
        if (sizes.isEmpty() || score.width() != 1) {
            throw new IllegalArgumentException("no score of " + sizes + " in " + score);
        }
    }
}
