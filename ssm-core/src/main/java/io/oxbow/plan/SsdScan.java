package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * The recurrence of Mamba-2 (Dao and Gu 2024, arXiv 2405.21060): one decay per head of channels.
 *
 * <pre>
 * h &lt;- exp(dt A) h + dt B x
 * y  = sum_modes C h + D x
 * </pre>
 *
 * Heads are equal stretches of the channels; groups are equal stretches of the heads that share B
 * and C.
 *
 * @param x (channels)
 * @param dt (heads), positive
 * @param b (groups * modes)
 * @param c (groups * modes)
 * @param out (channels): y
 * @param state (heads, modes, channels of a head): a head is one stretch of memory, because a scan
 *     goes through it once, from beginning to end
 * @param a (heads), negative
 * @param d (channels)
 * @param groups number of groups
 */
public record SsdScan(
        Register x,
        Register dt,
        Register b,
        Register c,
        Register out,
        Segment state,
        float[] a,
        float[] d,
        int groups)
        implements StepOp {
    public SsdScan {
        int channels = x.width();
        if (groups < 1
                || channels % dt.width() != 0
                || dt.width() % groups != 0
                || b.width() % groups != 0
                || c.width() != b.width()
                || out.width() != channels
                || state.length() != b.width() / groups * channels
                || a.length != dt.width()
                || d.length != channels) {
            throw new IllegalArgumentException(
                    "SSD scan of "
                            + groups
                            + " groups does not fit "
                            + x
                            + ", "
                            + b
                            + ", "
                            + state);
        }
    }

    public int channels() {
        return x.width();
    }

    public int heads() {
        return dt.width();
    }

    public int modes() {
        return b.width() / groups;
    }

    @Override
    public long flops() {
        return 5L * state.length();
    }
}
