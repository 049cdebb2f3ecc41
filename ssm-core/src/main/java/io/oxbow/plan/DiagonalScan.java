package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * One bank of complex modes per channel, driven by the channel and read out to it:
 *
 * <pre>
 * x_m &lt;- a_m x_m + b_m u
 * y    = sum_m Re(c_m x_m) + d u
 * </pre>
 *
 * The recurrence of S4D and of the diagonal S4 (Gu et al. 2022, arXiv 2206.11893).
 *
 * @param in (channels): u
 * @param out (channels): y
 * @param state (modes, 2, channels): real and imaginary parts, channels contiguous
 * @param stepping table: a real, a imaginary, b real, b imaginary, each (modes, channels)
 * @param c (2, modes, channels): real and imaginary parts; the factor 2 for conjugate pairs, where
 *     there is one, is in it
 * @param d (channels), or null for none
 */
public record DiagonalScan(
        Register in, Register out, Segment state, Stepping stepping, float[] c, float[] d)
        implements StepOp {
    public DiagonalScan {
        int channels = in.width();
        if (out.width() != channels
                || state.length() % (2 * channels) != 0
                || c.length != state.length()
                || stepping.discretisation().size() != 2 * state.length()
                || (d != null && d.length != channels)) {
            throw new IllegalArgumentException(
                    "diagonal scan does not fit " + in + ", " + out + ", " + state);
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
        return 16L * modes() * channels();
    }
}
