package io.oxbow.plan;

/**
 * {@code out = weight in + bias} for every token.
 *
 * @param weight (out.width, in.width)
 * @param bias (out.width), or null for none
 * @param format which the weights fit exactly
 */
public record Linear(Register in, Register out, float[] weight, float[] bias, WeightFormat format)
        implements StepOp {
    public Linear {
        if (weight.length != in.width() * out.width()) {
            throw new IllegalArgumentException(
                    "weight of " + weight.length + " floats does not map " + in + " to " + out);
        }
        if (bias != null && bias.length != out.width()) {
            throw new IllegalArgumentException("bias of " + bias.length + " floats for " + out);
        }
    }

    /** Weights of any value. */
    public Linear(Register in, Register out, float[] weight, float[] bias) {
        this(in, out, weight, bias, WeightFormat.F32);
    }

    /** The same with its weights rounded to {@code narrower}. */
    public Linear rounded(WeightFormat narrower) {
        float[] values = narrower.rounded(weight, in.width());
        return new Linear(in, out, values, bias, narrower);
    }

    @Override
    public long flops() {
        return 2L * in.width() * out.width();
    }
}
