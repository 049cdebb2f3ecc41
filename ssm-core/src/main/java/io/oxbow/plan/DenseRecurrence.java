package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * One small linear memory per channel, all with the same matrices: {@code m <- A m + B u}.
 *
 * <p>Used for HiPPO memories with a fixed window (LegT, FouT). State segment: (channels, order).
 *
 * @param in (channels)
 * @param out (channels * order): the memories after the token, channel-major
 * @param memory state segment (channels, order)
 * @param a (order, order), already discretised
 * @param b (order), already discretised
 */
public record DenseRecurrence(Register in, Register out, Segment memory, float[] a, float[] b)
        implements StepOp {
    public DenseRecurrence {
        int order = b.length;
        if (a.length != order * order
                || out.width() != in.width() * order
                || memory.length() != in.width() * order) {
            throw new IllegalArgumentException(
                    "dense recurrence of order "
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
        return b.length;
    }

    @Override
    public long flops() {
        return 2L * out.width() * (order() + 1);
    }
}
