package io.oxbow.encode.video;

/** Writes an encoder's references as floats, whole numbers in parts that a float holds exactly. */
final class FloatWriter {
    private static final int PART_BITS = 22;
    private static final long PART = (1L << PART_BITS) - 1;

    private final float[] target;
    private int position;

    FloatWriter(float[] target, int offset) {
        this.target = target;
        this.position = offset;
    }

    FloatWriter put(float value) {
        target[position++] = value;
        return this;
    }

    FloatWriter put(float[] values) {
        System.arraycopy(values, 0, target, position, values.length);
        position += values.length;
        return this;
    }

    /** Three floats of 22 bits each, the lowest first. */
    FloatWriter putLong(long value) {
        put(value & PART);
        put((value >>> PART_BITS) & PART);
        return put(value >>> (2 * PART_BITS));
    }

    int position() {
        return position;
    }
}
