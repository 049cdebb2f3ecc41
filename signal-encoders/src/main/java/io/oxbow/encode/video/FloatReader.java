package io.oxbow.encode.video;

/** Reads what {@link FloatWriter} wrote and refuses what it cannot have written. */
final class FloatReader {
    private final float[] source;
    private int position;

    FloatReader(float[] source, int offset) {
        this.source = source;
        this.position = offset;
    }

    float get() {
        return source[position++];
    }

    void get(float[] values) {
        System.arraycopy(source, position, values, 0, values.length);
        position += values.length;
    }

    /** A whole number from 0 to below {@code bound}. */
    int getInt(int bound) {
        float value = get();
        if (!(value >= 0 && value < bound && value == (int) value)) {
            throw new IllegalArgumentException(
                    "these are not an encoder's references: %s is no whole number below %d"
                            .formatted(value, bound));
        }
        return (int) value;
    }

    long getLong() {
        long low = getInt(1 << 22);
        long middle = getInt(1 << 22);
        long high = getInt(1 << 22);
        return low | middle << 22 | high << 44;
    }
}
