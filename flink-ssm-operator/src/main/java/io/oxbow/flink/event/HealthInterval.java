package io.oxbow.flink.event;

/**
 * A stretch of time in which the sensor could not be believed.
 *
 * @param to exclusive; {@link #OPEN} while it lasts
 */
public record HealthInterval(Health kind, long from, long to) {
    public static final long OPEN = Long.MAX_VALUE;
}
