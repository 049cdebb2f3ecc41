package io.oxbow.plan;

/**
 * {@code out = max(left, right)}, element by element. Not a number where either is. {@code out} may
 * be {@code left} or {@code right}.
 */
public record Maximum(Register left, Register right, Register out) implements StepOp {
    public Maximum {
        Shapes.same(left, right, out);
    }

    @Override
    public long flops() {
        return out.width();
    }
}
