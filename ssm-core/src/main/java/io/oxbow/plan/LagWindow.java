package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * The last few values of each channel, newest first, this token's included.
 *
 * @param in (channels)
 * @param out (channels * lags), channel-major
 * @param past state segment (channels, lags)
 */
public record LagWindow(Register in, Register out, Segment past) implements StepOp {
    public LagWindow {
        Shapes.multiple(out, in);
        Shapes.holds(past, Dtype.F32, out.width());
    }

    public int lags() {
        return out.width() / in.width();
    }
}
