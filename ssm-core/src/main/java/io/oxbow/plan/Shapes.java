package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/** Checks that the parts of an operation fit each other. */
final class Shapes {

    private Shapes() {}

    static void same(Register... registers) {
        for (Register register : registers) {
            if (register.width() != registers[0].width()) {
                throw new IllegalArgumentException(register + " is not as wide as " + registers[0]);
            }
        }
    }

    static void multiple(Register wide, Register channels) {
        if (wide.width() % channels.width() != 0) {
            throw new IllegalArgumentException(wide + " does not divide among " + channels);
        }
    }

    static void holds(Segment segment, Dtype dtype, int length) {
        if (segment.dtype() != dtype || segment.length() != length) {
            throw new IllegalArgumentException(
                    segment + " does not hold " + length + " of " + dtype);
        }
    }

    /** {@code low < value <= high}. */
    static void within(String name, double value, double low, double high) {
        if (!(value > low && value <= high)) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be above " + low + " and at most " + high);
        }
    }
}
