package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * One HiPPO-LegS memory per channel: Legendre coefficients of everything the channel has been since
 * its first token, rescaled as time goes on (Gu et al. 2020, arXiv 2008.07669).
 *
 * <pre>
 * token 0:       m = u e_0
 * token k >= 1:  one step of  dm/dk = (A m + B u) / k
 *   A[n][j] = -sqrt(2n+1) sqrt(2j+1) for j &lt; n,  A[n][n] = -(n+1),  B[n] = sqrt(2n+1)
 * </pre>
 *
 * The step count is a 64-bit integer and a coefficient is the sum of two floats: the k-th token
 * changes it by about 1/k, which one float cannot hold beyond 2^24.
 *
 * @param in (channels): u
 * @param out (channels * order): the memories after the token, channel-major
 * @param memory state segment (channels, order)
 * @param memoryLow state segment (channels, order): what the first float could not hold
 * @param steps state segment of one i64: tokens seen
 */
public record LegsRecurrence(
        Register in, Register out, Segment memory, Segment memoryLow, Segment steps, Rule rule)
        implements StepOp {

    /** How a step is taken. Forward Euler is absent on purpose: it diverges. */
    public enum Rule {
        /** Trapezoidal. */
        BILINEAR,
        /** Backward Euler. */
        BACKWARD,
        /** Exact for an input that is constant over the step; O(order^2) instead of O(order). */
        ZOH
    }

    public LegsRecurrence {
        int order = out.width() / in.width();
        if (out.width() != order * in.width()
                || memory.length() != out.width()
                || memoryLow.length() != out.width()
                || steps.length() != 1) {
            throw new IllegalArgumentException(
                    "LegS memory does not fit " + in + ", " + out + ", " + memory);
        }
    }

    /** Coefficients per channel. */
    public int order() {
        return out.width() / in.width();
    }

    @Override
    public long flops() {
        return (rule == Rule.ZOH ? 4L * order() + 2 : 12L) * out.width();
    }
}
