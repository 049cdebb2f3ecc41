package io.oxbow.plan;

/**
 * {@code out = (in - mean) / sqrt(variance + epsilon) weight + bias} over each token. {@code out}
 * may be {@code in}.
 *
 * @param weight (width)
 * @param bias (width), or null for none
 */
public record LayerNorm(Register in, Register out, float[] weight, float[] bias, float epsilon)
        implements StepOp {
    public LayerNorm {
        if (in.width() != out.width()
                || weight.length != in.width()
                || (bias != null && bias.length != in.width())) {
            throw new IllegalArgumentException(
                    "layer norm of " + weight.length + " weights does not fit " + in + ", " + out);
        }
    }

    @Override
    public long flops() {
        return 7L * out.width();
    }
}
