package io.oxbow.plan;

import java.util.Locale;

/**
 * How the weights of projections are kept. A narrower format rounds them when a model is loaded,
 * and every backend then calculates with the rounded values; one that knows the format also keeps
 * them narrow in memory, which is what a batch of few tokens spends its time reading.
 */
public enum WeightFormat {
    /** As they are. */
    F32,
    /** 8 bits of significand: relative error at most 2^-8. */
    BF16,
    /**
     * Half floats, 11 bits of significand: relative error at most 2^-11 between 2^-14 and 65504.
     */
    F16,
    /**
     * Whole numbers from -127 to 127 times a scale for each output: error at most 1/254 of the
     * largest weight of that output.
     */
    INT8;

    public static final int INT8_LARGEST = 127;

    private static final int HALF_BITS = 16;

    private static final int F16_FRACTION_BITS = 10;
    private static final int F16_SMALLEST_EXPONENT = -14;
    private static final float F16_LARGEST = 65504;

    /**
     * The weights as this format holds them.
     *
     * @param weight (rows, columns), not changed
     * @return {@code weight} itself for {@link #F32}
     */
    public float[] rounded(float[] weight, int columns) {
        return switch (this) {
            case F32 -> weight;
            case BF16 -> toBf16(weight);
            case F16 -> toF16(weight);
            case INT8 -> toInt8(weight, columns);
        };
    }

    /** As options write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static float[] toBf16(float[] weight) {
        float[] rounded = new float[weight.length];
        for (int i = 0; i < weight.length; i++) {
            rounded[i] = toBf16(weight[i]);
        }
        return rounded;
    }

    /** To the nearest, to even where two are as near; what rounds beyond the range stays in it. */
    private static float toBf16(float value) {
        if (!Float.isFinite(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        int even = bits >>> HALF_BITS & 1;
        float up = Float.intBitsToFloat(bits + 0x7fff + even & 0xffff0000);
        return Float.isFinite(up) ? up : Float.intBitsToFloat(bits & 0xffff0000);
    }

    private static float[] toF16(float[] weight) {
        float[] rounded = new float[weight.length];
        for (int i = 0; i < weight.length; i++) {
            rounded[i] = toF16(weight[i]);
        }
        return rounded;
    }

    /** As {@link #toBf16(float)} rounds. */
    private static float toF16(float value) {
        if (!Float.isFinite(value)) {
            return value;
        }
        int exponent = Math.max(Math.getExponent(value), F16_SMALLEST_EXPONENT);
        double place = Math.scalb(1.0, exponent - F16_FRACTION_BITS);
        float rounded = (float) (Math.rint(value / place) * place);
        return Math.max(-F16_LARGEST, Math.min(F16_LARGEST, rounded));
    }

    private static float[] toInt8(float[] weight, int columns) {
        float[] rounded = new float[weight.length];
        for (int row = 0; row < weight.length; row += columns) {
            float scale = int8Scale(weight, row, columns);
            for (int i = row; i < row + columns; i++) {
                rounded[i] = scale == 0 ? 0 : scale * Math.round(weight[i] / scale);
            }
        }
        return rounded;
    }

    /**
     * The step between neighbouring weights of a row. The same for the rounded row, give or take
     * rounding of the last digit.
     */
    public static float int8Scale(float[] weight, int from, int columns) {
        float largest = 0;
        for (int i = from; i < from + columns; i++) {
            largest = Math.max(largest, Math.abs(weight[i]));
        }
        return largest / INT8_LARGEST;
    }
}
