package io.oxbow.plan;

/** {@code out = function(in)}, element by element. {@code out} may be {@code in}. */
public record Activation(Register in, Register out, ActivationFunction function) implements StepOp {
    public Activation {
        if (in.width() != out.width()) {
            throw new IllegalArgumentException(in + " does not fit " + out);
        }
    }

    @Override
    public long flops() {
        return out.width();
    }
}
