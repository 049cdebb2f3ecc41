package io.oxbow.plan;

/** {@code out = e^in / sum(e^in)} over each token. {@code out} may be {@code in}. */
public record Softmax(Register in, Register out) implements StepOp {
    public Softmax {
        if (in.width() != out.width()) {
            throw new IllegalArgumentException(in + " does not fit " + out);
        }
    }

    @Override
    public long flops() {
        return 3L * out.width();
    }
}
