package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * The mean of {@code in} over all tokens of the stream so far: mean pooling that never ends.
 *
 * <p>The mean is kept as the sum of two floats, because after some 10^7 tokens one token's share of
 * it is smaller than a float's last digit.
 *
 * @param mean state segment (width)
 * @param meanLow state segment (width): what the first float could not hold
 * @param steps state segment of one i64: tokens seen
 */
public record RunningMean(Register in, Register out, Segment mean, Segment meanLow, Segment steps)
        implements StepOp {
    public RunningMean {
        if (in.width() != out.width()
                || mean.length() != in.width()
                || meanLow.length() != in.width()
                || steps.length() != 1) {
            throw new IllegalArgumentException(
                    "running mean does not fit " + in + ", " + out + ", " + mean + ", " + steps);
        }
    }

    @Override
    public long flops() {
        return 3L * out.width();
    }
}
