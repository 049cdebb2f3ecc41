package io.oxbow.plan;

/**
 * {@code out = in / sqrt(mean(in^2) + epsilon) weight}, the mean over each of {@code groups} equal
 * parts of a token. {@code out} may be {@code in}.
 *
 * @param weight (width)
 * @param groups how many parts are normalised apart from each other
 */
public record RmsNorm(Register in, Register out, float[] weight, int groups, float epsilon)
        implements StepOp {
    public RmsNorm {
        if (in.width() != out.width()
                || weight.length != in.width()
                || groups < 1
                || in.width() % groups != 0) {
            throw new IllegalArgumentException(
                    "RMS norm of "
                            + weight.length
                            + " weights in "
                            + groups
                            + " groups does not fit "
                            + in
                            + ", "
                            + out);
        }
    }

    @Override
    public long flops() {
        return 4L * out.width();
    }
}
