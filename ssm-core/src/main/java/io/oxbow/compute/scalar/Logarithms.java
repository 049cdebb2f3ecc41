package io.oxbow.compute.scalar;

/**
 * Natural logarithm and exponential in double, by tables: the same bits on every machine, as {@link
 * StrictMath} gives them, in about half its time. Absolute error of the logarithm and relative
 * error of the exponential below 1e-15.
 *
 * <p>Tang's method (1989, ACM TOMS 15): an argument is the product of a power of two, a table entry
 * and something so close to one that a short series does.
 */
final class Logarithms {
    static final double LN_10 = StrictMath.log(10);

    private static final int BITS = 7;
    private static final int ENTRIES = 1 << BITS;
    private static final int FRACTION_BITS = 52;
    private static final int BIAS = 1023;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final long ONE = (long) BIAS << FRACTION_BITS;
    private static final double LN_2 = StrictMath.log(2);
    private static final double[] RECIPROCAL = new double[ENTRIES];
    private static final double[] LOG = new double[ENTRIES];
    private static final double[] POWER = new double[ENTRIES];

    /** Steps of the exponential's table, and their length in two parts, the first exact times k. */
    private static final double STEPS = ENTRIES / LN_2;

    private static final double STEP_HIGH =
            Double.longBitsToDouble(Double.doubleToRawLongBits(LN_2 / ENTRIES) & ~((1L << 21) - 1));
    private static final double STEP_LOW = lowOf(STEP_HIGH);

    static {
        for (int i = 0; i < ENTRIES; i++) {
            RECIPROCAL[i] = 1 / (1 + (i + 0.5) / ENTRIES);
            LOG[i] = -StrictMath.log(RECIPROCAL[i]);
            POWER[i] = StrictMath.pow(2, i / (double) ENTRIES);
        }
    }

    private Logarithms() {}

    /** What of ln 2 / ENTRIES is beyond {@code high}, with ln 2 taken to 70 bits. */
    private static double lowOf(double high) {
        double lnLow = 2.3190468138462996e-17;
        return (LN_2 / ENTRIES - high) + lnLow / ENTRIES;
    }

    /**
     * @param x positive and normal, as every 32-bit number but 0 is as a double
     */
    static double ln(double x) {
        if (x == 1) {
            return 0;
        }
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> FRACTION_BITS) - BIAS;
        int entry = (int) (bits >>> FRACTION_BITS - BITS) & ENTRIES - 1;
        double mantissa = Double.longBitsToDouble(bits & FRACTION | ONE);
        double r = mantissa * RECIPROCAL[entry] - 1;
        double tail = r * r * (-0.5 + r * (1.0 / 3 + r * (-0.25 + r * (0.2 - r * (1.0 / 6)))));
        return exponent * LN_2 + (LOG[entry] + (r + tail));
    }

    /**
     * @param x within -700 to 700
     */
    static double exp(double x) {
        double k = Math.rint(x * STEPS);
        double r = x - k * STEP_HIGH - k * STEP_LOW;
        double tail = r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120))));
        int steps = (int) k;
        double scale = Double.longBitsToDouble((long) ((steps >> BITS) + BIAS) << FRACTION_BITS);
        return scale * (POWER[steps & ENTRIES - 1] * (1 + (r + tail)));
    }
}
