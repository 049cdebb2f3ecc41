package io.oxbow.plan;

import io.oxbow.model.TimeMode;

/**
 * How far a linear system advances at each token.
 *
 * <p>Per event: one nominal step. Event time: the real gap, rounded to a logarithmic grid of {@link
 * #CELLS_PER_OCTAVE} cells per doubling so that common gaps share their coefficients. The rounding
 * changes a gap by at most {@link #MAX_GAP_ERROR} of itself; the nominal step lies on the grid. The
 * result depends on the gap alone, never on what was cached.
 *
 * @param stepSeconds length of the nominal step; used in event time only
 */
public record Stepping(Discretisation discretisation, TimeMode mode, double stepSeconds) {
    public static final int CELLS_PER_OCTAVE = 1 << 16;

    /** Largest relative change of a gap by rounding it to the grid: half a cell. */
    public static final double MAX_GAP_ERROR = Math.pow(2, 0.5 / CELLS_PER_OCTAVE) - 1;

    /** Gaps are held within 2^-30 .. 2^30 nominal steps. */
    private static final int MAX_OCTAVES = 30;

    private static final double LOG_2 = Math.log(2);

    public Stepping {
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("a nominal step of " + stepSeconds + " seconds");
        }
    }

    /** Coefficients of the nominal step. */
    public double[] nominal() {
        double[] table = new double[discretisation.size()];
        discretisation.fill(1, table);
        return table;
    }

    /**
     * The grid cell of a gap; 0 is the nominal step. Gaps that are zero, negative or not a number
     * fall into the shortest cell.
     */
    public int cell(float gapSeconds) {
        int limit = MAX_OCTAVES * CELLS_PER_OCTAVE;
        if (!(gapSeconds > 0)) {
            return -limit;
        }
        double octaves = Math.log(gapSeconds / stepSeconds) / LOG_2;
        return (int) Math.max(-limit, Math.min(limit, Math.rint(octaves * CELLS_PER_OCTAVE)));
    }

    /** The elapsed time, in nominal steps, that a cell stands for. */
    public static double ratio(int cell) {
        return Math.exp(cell * (LOG_2 / CELLS_PER_OCTAVE));
    }
}
