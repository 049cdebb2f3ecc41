package io.oxbow.plan;

/**
 * {@code out = left + scale right}, element by element: residual connections and skip terms. {@code
 * out} may be {@code left} or {@code right}.
 *
 * @param scale (width), or null for one
 */
public record Add(Register left, Register right, Register out, float[] scale) implements StepOp {
    public Add {
        if (left.width() != out.width()
                || right.width() != out.width()
                || (scale != null && scale.length != out.width())) {
            throw new IllegalArgumentException(
                    "cannot add " + left + " and " + right + " to " + out);
        }
    }

    @Override
    public long flops() {
        return scale == null ? out.width() : 2L * out.width();
    }
}
