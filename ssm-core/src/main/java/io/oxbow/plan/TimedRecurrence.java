package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * One small linear memory per channel, as {@link DenseRecurrence}, with 64-bit coefficients that
 * may follow the gap between events: {@code m <- A m + B u}. For windows so long that A is the
 * identity but for its last digits, and for event time.
 *
 * @param in (channels)
 * @param out (channels * order): the memories after the token, channel-major
 * @param memory state segment (channels, order)
 * @param stepping table: A (order, order), then B (order)
 */
public record TimedRecurrence(Register in, Register out, Segment memory, Stepping stepping)
        implements StepOp {
    public TimedRecurrence {
        int order = out.width() / in.width();
        if (out.width() != in.width() * order
                || memory.length() != out.width()
                || stepping.discretisation().size() != order * (order + 1)) {
            throw new IllegalArgumentException(
                    "timed recurrence of order "
                            + order
                            + " does not fit "
                            + in
                            + ", "
                            + out
                            + ", "
                            + memory);
        }
    }

    public int order() {
        return out.width() / in.width();
    }

    @Override
    public long flops() {
        return 2L * out.width() * (order() + 1);
    }
}
