package io.oxbow.compute.scalar;

import io.oxbow.model.StateRows;
import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what a stream is expected to do next from its state, by the plan's {@link HorizonReadout}.
 * Costs the stream's events nothing: it is computed from a row when it is asked for, whichever
 * backend advances the row.
 *
 * <pre>
 * expected (channels, horizon)   in units of the input
 * low      (channels, horizon)   one standard error of that horizon below
 * high     (channels, horizon)   one above: 68 of 100 outcomes lie between
 * </pre>
 *
 * All are NaN until the first forecast has met its outcome. The arrays are handed out and filled
 * anew by each {@link #read}. Not thread-safe.
 */
public final class Outlook {
    private final HorizonReadout op;
    private final int horizon;
    private final int[] levels;
    private final float[] psi;
    private final float[] ahead;
    private final float[] expected;
    private final float[] low;
    private final float[] high;

    private Outlook(HorizonReadout op) {
        this.op = op;
        this.horizon = op.horizon();
        this.levels = op.levels().stream().mapToInt(Integer::intValue).toArray();
        this.psi = new float[op.featureCount()];
        this.ahead = new float[horizon];
        this.expected = new float[op.channels() * horizon];
        this.low = new float[op.channels() * horizon];
        this.high = new float[op.channels() * horizon];
    }

    /** Empty for a plan that does not look ahead. */
    public static Optional<Outlook> of(StepPlan plan) {
        return plan.ops().stream()
                .filter(op -> op instanceof HorizonReadout)
                .map(op -> new Outlook((HorizonReadout) op))
                .findFirst();
    }

    public int channels() {
        return op.channels();
    }

    /** How many tokens ahead. */
    public int horizon() {
        return horizon;
    }

    public float[] expected() {
        return expected;
    }

    public float[] low() {
        return low;
    }

    public float[] high() {
        return high;
    }

    /** Looks ahead from the state of one stream. */
    public void read(StateRows rows, int row) {
        float[] state = rows.floats();
        int at = row * rows.layout().floats();
        long seen = rows.longs()[row * rows.layout().longs() + op.steps().offset()];
        if (op.learned(seen) == 0) {
            Arrays.fill(expected, Float.NaN);
            Arrays.fill(low, Float.NaN);
            Arrays.fill(high, Float.NaN);
            return;
        }
        for (int c = 0; c < op.channels(); c++) {
            int present = at + op.present().offset() + c * psi.length;
            float level = relative(state, present, levels, psi);
            int group = op.groups() == 1 ? 0 : c;
            predict(state, at + op.weights().offset() + group * psi.length * horizon, psi, ahead);
            double mean = state[at + op.units().offset() + c];
            double deviation = state[at + op.units().offset() + op.channels() + c];
            for (int h = 0; h < horizon; h++) {
                int i = c * horizon + h;
                double u = Math.max(-op.limit(), Math.min(op.limit(), level + ahead[h]));
                float scale = state[at + op.scales().offset() + i];
                expected[i] = Denormalizer.restore(u, mean, deviation, op.limit());
                low[i] = Denormalizer.restore(u - scale, mean, deviation, op.limit());
                high[i] = Denormalizer.restore(u + scale, mean, deviation, op.limit());
            }
        }
    }

    /**
     * Writes a channel's features relative to its level.
     *
     * @return the level
     */
    static float relative(float[] features, int at, int[] levels, float[] psi) {
        System.arraycopy(features, at, psi, 0, psi.length);
        float level = psi[levels[0]];
        for (int index : levels) {
            psi[index] -= level;
        }
        return level;
    }

    /** {@code out = W' psi}. */
    static void predict(float[] weights, int at, float[] psi, float[] out) {
        int columns = out.length;
        Arrays.fill(out, 0);
        for (int i = 0; i < psi.length; i++) {
            float f = psi[i];
            int row = at + i * columns;
            for (int h = 0; h < columns; h++) {
                out[h] += f * weights[row + h];
            }
        }
    }
}
