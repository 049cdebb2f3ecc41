package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * One bank of complex modes per channel, coupled through a low-rank term (S4: Gu, Goel, Re 2021,
 * arXiv 2111.00396):
 *
 * <pre>
 * s_r  = 2 Re(sum_m w_rm x_m)
 * x_m &lt;- a_m x_m - sum_r v_rm s_r + b_m u
 * y    = sum_m Re(c_m x_m) + d u
 * </pre>
 *
 * @param in (channels): u
 * @param out (channels): y
 * @param state (modes, 2, channels): real and imaginary parts, channels contiguous
 * @param stepping table: a, b, then v and w of each rank; each the real then the imaginary part,
 *     (modes, channels)
 * @param rank of the coupling
 * @param c (2, modes, channels): real and imaginary parts, the factor 2 for conjugate pairs in it
 * @param d (channels), or null for none
 */
public record DplrScan(
        Register in, Register out, Segment state, Stepping stepping, int rank, float[] c, float[] d)
        implements StepOp {
    public DplrScan {
        int channels = in.width();
        if (out.width() != channels
                || rank < 1
                || state.length() % (2 * channels) != 0
                || c.length != state.length()
                || stepping.discretisation().size() != (2 + 2 * rank) * state.length()
                || (d != null && d.length != channels)) {
            throw new IllegalArgumentException(
                    "scan of rank " + rank + " does not fit " + in + ", " + out + ", " + state);
        }
    }

    public int channels() {
        return in.width();
    }

    /** Complex modes per channel. */
    public int modes() {
        return state.length() / (2 * in.width());
    }

    @Override
    public long flops() {
        return (16L + 8L * rank) * modes() * channels();
    }
}
