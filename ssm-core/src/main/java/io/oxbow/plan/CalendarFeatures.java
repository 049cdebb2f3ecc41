package io.oxbow.plan;

import java.util.List;

/**
 * Where a token's event time stands in the day, the week or any other fixed cycle: for each cycle
 * and harmonic k, {@code cos(2 pi k t / period)} and {@code sin(2 pi k t / period)}.
 *
 * <p>Cycles start at the epoch, in UTC; a readout learns the phase. Does not depend on the values.
 *
 * @param out (2 * sum of harmonics)
 */
public record CalendarFeatures(Register out, List<Cycle> cycles) implements StepOp {

    /**
     * A period that the calendar knows.
     *
     * @param periodMillis length
     * @param harmonics how many waves of it, at least 1
     */
    public record Cycle(long periodMillis, int harmonics) {
        public Cycle {
            if (periodMillis <= 0 || harmonics <= 0) {
                throw new IllegalArgumentException(
                        "a cycle of " + periodMillis + " ms and " + harmonics + " harmonics");
            }
        }
    }

    public CalendarFeatures {
        cycles = List.copyOf(cycles);
        int width = 2 * cycles.stream().mapToInt(Cycle::harmonics).sum();
        if (out.width() != width) {
            throw new IllegalArgumentException(width + " calendar features do not fit " + out);
        }
    }
}
