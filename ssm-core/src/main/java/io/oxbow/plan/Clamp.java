package io.oxbow.plan;

/** {@code out = min(max(in, low), high)}, element by element. {@code out} may be {@code in}. */
public record Clamp(Register in, Register out, float low, float high) implements StepOp {
    public Clamp {
        if (in.width() != out.width()) {
            throw new IllegalArgumentException(in + " does not fit " + out);
        }
        if (!(low <= high)) {
            throw new IllegalArgumentException("cannot clamp to [" + low + ", " + high + "]");
        }
    }

    @Override
    public long flops() {
        return out.width();
    }
}
