package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * The recurrence of Mamba (Gu and Dao 2023, arXiv 2312.00752), per channel and mode:
 *
 * <pre>
 * h &lt;- exp(dt A) h + dt B x
 * y  = sum_modes C h + D x
 * </pre>
 *
 * @param x (channels)
 * @param dt (channels), positive
 * @param b (modes), shared by the channels
 * @param c (modes), shared by the channels
 * @param out (channels): y
 * @param state (modes, channels), channels contiguous
 * @param a (modes, channels), negative
 * @param d (channels)
 */
public record SelectiveScan(
        Register x,
        Register dt,
        Register b,
        Register c,
        Register out,
        Segment state,
        float[] a,
        float[] d)
        implements StepOp {
    public SelectiveScan {
        int channels = x.width();
        int modes = b.width();
        if (dt.width() != channels
                || c.width() != modes
                || out.width() != channels
                || state.length() != modes * channels
                || a.length != modes * channels
                || d.length != channels) {
            throw new IllegalArgumentException(
                    "selective scan does not fit " + x + ", " + b + ", " + state);
        }
    }

    public int channels() {
        return x.width();
    }

    public int modes() {
        return b.width();
    }

    @Override
    public long flops() {
        return 7L * state.length();
    }
}
