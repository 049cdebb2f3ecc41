package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * A short convolution over time, each channel by itself: {@code out = sum_k weight[k] in[t - K + 1
 * + k] + bias}. Tokens before the first count as zero.
 *
 * @param in (channels)
 * @param out (channels)
 * @param history state segment (taps, channels): the last inputs, the newest last
 * @param weight (taps, channels), the newest token's tap last
 * @param bias (channels), or null for none
 */
public record CausalConv(Register in, Register out, Segment history, float[] weight, float[] bias)
        implements StepOp {
    public CausalConv {
        if (in.width() != out.width()
                || weight.length % in.width() != 0
                || history.length() != weight.length
                || (bias != null && bias.length != in.width())) {
            throw new IllegalArgumentException(
                    "convolution of "
                            + weight.length
                            + " weights does not fit "
                            + in
                            + ", "
                            + out
                            + ", "
                            + history);
        }
    }

    /** Tokens that a result sees, its own included. */
    public int taps() {
        return weight.length / in.width();
    }

    @Override
    public long flops() {
        return 2L * weight.length;
    }
}
