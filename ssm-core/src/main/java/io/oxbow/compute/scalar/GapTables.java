package io.oxbow.compute.scalar;

import io.oxbow.model.TimeMode;
import io.oxbow.plan.Stepping;

/**
 * The coefficient tables of a {@link Stepping}, the recently used ones kept. Allocates nothing
 * after construction. Not thread-safe.
 */
public final class GapTables {
    private static final int CACHE_BYTES = 4 << 20;
    private static final int MAX_ENTRIES = 256;

    private final Stepping stepping;
    private final double[] nominal;
    private final double[][] tables;
    private final int[] cells;

    public GapTables(Stepping stepping) {
        this.stepping = stepping;
        this.nominal = stepping.nominal();
        int entries = stepping.mode() == TimeMode.PER_EVENT ? 0 : entries(nominal.length);
        this.tables = new double[entries][nominal.length];
        this.cells = new int[entries];
    }

    /** A power of two, at least 1, so that the tables stay within the cache's bytes. */
    private static int entries(int size) {
        int affordable = CACHE_BYTES / (Double.BYTES * Math.max(1, size));
        return Integer.highestOneBit(Math.max(1, Math.min(MAX_ENTRIES, affordable)));
    }

    /**
     * The table for the token after a gap; not to be written, valid until the next call.
     *
     * @param gapSeconds ignored per event
     */
    public double[] after(float gapSeconds) {
        if (tables.length == 0) {
            return nominal;
        }
        int cell = stepping.cell(gapSeconds);
        if (cell == 0) {
            return nominal;
        }
        int entry = cell & (tables.length - 1);
        double[] table = tables[entry];
        if (cells[entry] != cell) {
            stepping.discretisation().fill(Stepping.ratio(cell), table);
            cells[entry] = cell;
        }
        return table;
    }
}
