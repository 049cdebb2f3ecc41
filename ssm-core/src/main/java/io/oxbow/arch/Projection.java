package io.oxbow.arch;

import io.oxbow.plan.Linear;
import io.oxbow.plan.Register;
import java.util.Arrays;

/**
 * A fully connected layer whose outputs are several registers, taken from its rows in order: {@code
 * writer.projection("in_proj", in, rows).to(z).to(x)}. Not thread-safe.
 */
public final class Projection {
    private final PlanWriter writer;
    private final Register in;
    private final float[] weight;
    private final float[] bias;
    private int row;

    /**
     * @param weight (rows, in.width)
     * @param bias (rows), or null for none
     */
    Projection(PlanWriter writer, Register in, float[] weight, float[] bias) {
        this.writer = writer;
        this.in = in;
        this.weight = weight;
        this.bias = bias;
    }

    /** Gives the next rows to {@code out}. */
    public Projection to(Register out) {
        return to(out, null);
    }

    /**
     * Gives the next rows to {@code out}, moved by a constant.
     *
     * @param shift (out.width), or null for none
     */
    public Projection to(Register out, float[] shift) {
        int from = row;
        row += out.width();
        writer.add(
                new Linear(
                        in,
                        out,
                        Arrays.copyOfRange(weight, from * in.width(), row * in.width()),
                        shifted(from, shift)));
        return this;
    }

    private float[] shifted(int from, float[] shift) {
        if (bias == null) {
            return shift;
        }
        float[] own = Arrays.copyOfRange(bias, from, row);
        for (int i = 0; shift != null && i < own.length; i++) {
            own[i] += shift[i];
        }
        return own;
    }
}
