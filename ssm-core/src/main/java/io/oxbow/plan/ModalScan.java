package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * Complex modes with an input each: {@code x <- a x + g v}. The recurrence of S5 (Smith,
 * Warrington, Linderman 2022, arXiv 2208.04933) and of the LRU (Orvieto et al. 2023, arXiv
 * 2303.06349) between their two projections.
 *
 * @param in (2 * modes): v, real parts then imaginary parts
 * @param out (2 * modes): x after the token
 * @param state (2, modes)
 * @param stepping table: a real, a imaginary, g real, g imaginary, each (modes)
 */
public record ModalScan(Register in, Register out, Segment state, Stepping stepping)
        implements StepOp {
    public ModalScan {
        if (in.width() % 2 != 0
                || out.width() != in.width()
                || state.length() != in.width()
                || stepping.discretisation().size() != 2 * in.width()) {
            throw new IllegalArgumentException(
                    "modal scan does not fit " + in + ", " + out + ", " + state);
        }
    }

    public int modes() {
        return in.width() / 2;
    }

    @Override
    public long flops() {
        return 14L * modes();
    }
}
