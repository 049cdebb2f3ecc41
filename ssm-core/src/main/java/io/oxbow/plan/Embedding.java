package io.oxbow.plan;

/**
 * {@code out = table[id]} where {@code in} is the id as a float. An id that is no row of the table
 * gives not-a-number, so that it is noticed.
 *
 * @param in (1)
 * @param out (width)
 * @param table (rows, width)
 */
public record Embedding(Register in, Register out, float[] table) implements StepOp {
    public Embedding {
        if (in.width() != 1 || table.length == 0 || table.length % out.width() != 0) {
            throw new IllegalArgumentException(
                    "a table of " + table.length + " floats does not embed " + in + " in " + out);
        }
    }

    /** Number of ids. */
    public int rows() {
        return table.length / out.width();
    }
}
