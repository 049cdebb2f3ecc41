package io.oxbow.safetensors;

/** IEEE 754 binary16, which the JDK converts only from version 20 on. */
final class HalfFloat {
    private static final int FRACTION = 0x3ff;
    private static final int EXPONENT = 0x1f;

    private HalfFloat() {}

    /** Exact: every half is a float. */
    static float toFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & EXPONENT;
        int fraction = bits & FRACTION;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == EXPONENT ? 0xff : exponent + (127 - 15);
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
