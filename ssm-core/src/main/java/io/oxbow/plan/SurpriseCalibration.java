package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import java.util.List;

/**
 * What share of the stream's own past was at least this surprising, as a p-value of at least {@code
 * 1e-30}, and its decimal digits.
 *
 * <p>The distribution of the evidence is followed by the running quantiles that it exceeds with
 * probability {@link #LEVELS}, log-linear in between, with an exponential tail past the last of
 * them (stochastic approximation, Robbins and Monro 1951, with the density taken from the
 * neighbouring quantiles and a gain of 4, so that the restless first tokens fade). Whatever the
 * evidence is made of, the p-value is then uniform on a stream that does not change; of the digits
 * beyond one in as many tokens as were seen, half are believed.
 *
 * <p>Evidence of several kinds is combined by Tippett's minimum of p-values (1931, The Methods of
 * Statistics): each kind is calibrated by itself, the most digits are taken, and they are
 * calibrated once more, which accounts for how many kinds there are and how they depend on each
 * other.
 *
 * <p>The first {@code silent} tokens, whose evidence does not count yet, have no digits and teach
 * nothing. For the first {@code warmUp} tokens p is NaN.
 *
 * @param in (1), the evidence, not negative
 * @param digits (1), -log10 of the p-value, in [0, 30]; from token {@code silent} on
 * @param pValue (1), in (0, 1]
 * @param quantiles state segment (FLOATS): the quantiles, then the mean excess over the last
 * @param steps state segment (1), i64
 * @param minWeight weight of a token once 1 / n is smaller
 * @param silent tokens
 * @param warmUp tokens
 */
public record SurpriseCalibration(
        Register in,
        Register digits,
        Register pValue,
        Segment quantiles,
        Segment steps,
        double minWeight,
        int silent,
        int warmUp)
        implements StepOp {
    /** Probabilities of exceeding the quantiles that are followed. */
    public static final List<Double> LEVELS = List.of(0.5, 0.2, 0.05, 0.01);

    /** Floats of state. */
    public static final int FLOATS = LEVELS.size() + 1;

    public SurpriseCalibration {
        Shapes.same(in, digits, pValue);
        Shapes.holds(quantiles, Dtype.F32, FLOATS);
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("minWeight", minWeight, 0, 1);
    }

    /** Writes the state before the first token: evidence taken at its word, as digits. */
    public void initialise(StateRows row) {
        for (int i = 0; i < LEVELS.size(); i++) {
            row.floats()[quantiles.offset() + i] = (float) -Math.log10(LEVELS.get(i));
        }
        row.floats()[quantiles.offset() + LEVELS.size()] = (float) (1 / Math.log(10));
    }
}
