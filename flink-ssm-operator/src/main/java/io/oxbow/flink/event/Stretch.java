package io.oxbow.flink.event;

/**
 * A stretch of time singled out for how much or how little went on in it.
 *
 * @param to exclusive
 * @param activity exact mean over the stretch
 */
public record Stretch(long from, long to, float activity) {
    /** For records that single out none. */
    public static final Stretch NONE = new Stretch(0, 0, Float.NaN);
}
