package io.oxbow.flink.event;

/**
 * One kind of evidence that an anomaly rests on.
 *
 * @param kind an {@link io.oxbow.plan.EvidenceKind} in lower case; {@code silence} where events
 *     ceased, {@code health} where the sensor's own condition was seen
 * @param channel where it was strongest, or -1 if it is of no channel
 * @param digits decimal digits of its p-value; NaN where nothing was weighed against chance
 */
public record Evidence(String kind, int channel, float digits) {}
