package io.oxbow.jobs.console;

/** Numbers as a screen needs them: a drawn curve has no use for more digits, a network pays. */
final class Rounded {
    private static final int DIGITS = 4;

    private Rounded() {}

    /** The values with four significant digits, in place. */
    static float[] toFourDigits(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (Float.isFinite(value) && value != 0) {
                double scale =
                        Math.pow(10, DIGITS - 1 - Math.floor(Math.log10(Math.abs((double) value))));
                values[i] = (float) (Math.rint(value * scale) / scale);
            }
        }
        return values;
    }
}
