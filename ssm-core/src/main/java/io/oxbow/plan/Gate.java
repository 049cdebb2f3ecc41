package io.oxbow.plan;

/**
 * {@code out = in function(gate)}, element by element. {@code out} may be {@code in} or {@code
 * gate}.
 */
public record Gate(Register in, Register gate, Register out, ActivationFunction function)
        implements StepOp {
    public Gate {
        if (in.width() != out.width() || gate.width() != out.width()) {
            throw new IllegalArgumentException(in + " gated by " + gate + " does not fit " + out);
        }
    }

    @Override
    public long flops() {
        return 2L * out.width();
    }
}
