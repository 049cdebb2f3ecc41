package io.oxbow.plan;

/**
 * Undoes {@link RunningNormalizer} for a value predicted in its units: {@code out = mean +
 * deviation z}, where {@code z = u / (1 - (u / limit)^4)^(1/4)} and u is kept within 0.95 limit,
 * past which a prediction has no meaning in units of the input.
 *
 * @param in (channels): u
 * @param mean (channels)
 * @param deviation (channels)
 * @param out (channels), finite unless the mean is not
 * @param limit as in the normaliser
 */
public record Denormalizer(
        Register in, Register mean, Register deviation, Register out, float limit)
        implements StepOp {
    private static final double MEANINGFUL = 0.95;

    public Denormalizer {
        Shapes.same(in, mean, deviation, out);
        Shapes.within("limit", limit, 0, 1e6);
    }

    /** One value in units of the input. */
    public static float restore(double u, double mean, double deviation, double limit) {
        double part = Math.max(-MEANINGFUL, Math.min(MEANINGFUL, u / limit));
        double square = part * part;
        double z = part * limit / Math.sqrt(Math.sqrt(1 - square * square));
        double x = mean + deviation * z;
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
    }
}
