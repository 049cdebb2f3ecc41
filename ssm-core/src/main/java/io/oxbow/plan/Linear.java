package io.oxbow.plan;

/**
 * {@code out = weight in + bias} for every token.
 *
 * @param weight (out.width, in.width)
 * @param bias (out.width), or null for none
 */
public record Linear(Register in, Register out, float[] weight, float[] bias) implements StepOp {
    public Linear {
        if (weight.length != in.width() * out.width()) {
            throw new IllegalArgumentException(
                    "weight of " + weight.length + " floats does not map " + in + " to " + out);
        }
        if (bias != null && bias.length != out.width()) {
            throw new IllegalArgumentException("bias of " + bias.length + " floats for " + out);
        }
    }

    @Override
    public long flops() {
        return 2L * in.width() * out.width();
    }
}
