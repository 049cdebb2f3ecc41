package io.oxbow.compute.scalar;

import io.oxbow.model.TimeMode;
import io.oxbow.plan.Stepping;
import java.util.ArrayList;
import java.util.List;

/**
 * The coefficient tables of a {@link Stepping} in the form a kernel reads, the recently used ones
 * kept. Allocates nothing after construction. Not thread-safe.
 *
 * @param <T> one table
 */
public final class GapTables<T> {
    private static final int CACHE_BYTES = 4 << 20;
    private static final int MAX_ENTRIES = 256;

    /** How a kernel holds coefficients. */
    private interface Form<T> {
        T of(double[] coefficients);

        void fill(double[] coefficients, T table);
    }

    private final Stepping stepping;
    private final Form<T> form;
    private final double[] coefficients;
    private final T nominal;
    private final List<T> tables;
    private final int[] cells;

    private GapTables(Stepping stepping, Form<T> form) {
        this.stepping = stepping;
        this.form = form;
        this.coefficients = stepping.nominal();
        this.nominal = form.of(coefficients);
        int entries = stepping.mode() == TimeMode.PER_EVENT ? 0 : entries(coefficients.length);
        this.tables = new ArrayList<>(entries);
        for (int i = 0; i < entries; i++) {
            tables.add(form.of(coefficients));
        }
        this.cells = new int[entries];
    }

    /** Tables as the {@link Stepping}'s discretisation fills them. */
    public static GapTables<double[]> doubles(Stepping stepping) {
        return new GapTables<>(stepping, new Doubles());
    }

    /**
     * Tables of modes {@code x <- a x + b u} in floats, a decay as the sum of two so that a slow
     * one keeps its time constant.
     *
     * @param stepping table: a real, a imaginary, b real, b imaginary, each (n)
     * @return tables: a real, a imaginary, then the rest of a real and of a imaginary, b real, b
     *     imaginary, each (n)
     */
    public static GapTables<float[]> splitDecays(Stepping stepping) {
        return new GapTables<>(stepping, new SplitDecays());
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
    public T after(float gapSeconds) {
        if (cells.length == 0) {
            return nominal;
        }
        int cell = stepping.cell(gapSeconds);
        if (cell == 0) {
            return nominal;
        }
        int entry = cell & (cells.length - 1);
        T table = tables.get(entry);
        if (cells[entry] != cell) {
            stepping.discretisation().fill(Stepping.ratio(cell), coefficients);
            form.fill(coefficients, table);
            cells[entry] = cell;
        }
        return table;
    }

    /** Whether the {@code count} tokens from {@code t} on surely share a table. */
    public boolean alike(float[] gapSeconds, int t, int count) {
        for (int i = 1; i < count && cells.length > 0; i++) {
            if (gapSeconds[t + i] != gapSeconds[t]) {
                return false;
            }
        }
        return true;
    }

    private static final class Doubles implements Form<double[]> {
        @Override
        public double[] of(double[] coefficients) {
            return coefficients.clone();
        }

        @Override
        public void fill(double[] coefficients, double[] table) {
            System.arraycopy(coefficients, 0, table, 0, table.length);
        }
    }

    private static final class SplitDecays implements Form<float[]> {
        @Override
        public float[] of(double[] coefficients) {
            float[] table = new float[coefficients.length / 4 * 6];
            fill(coefficients, table);
            return table;
        }

        @Override
        public void fill(double[] coefficients, float[] table) {
            int decays = coefficients.length / 2;
            for (int i = 0; i < decays; i++) {
                table[i] = (float) coefficients[i];
                table[decays + i] = (float) (coefficients[i] - table[i]);
                table[2 * decays + i] = (float) coefficients[decays + i];
            }
        }
    }
}
