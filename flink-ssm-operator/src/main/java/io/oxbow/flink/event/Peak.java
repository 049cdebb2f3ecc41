package io.oxbow.flink.event;

/**
 * One of the most unusual moments of a stream.
 *
 * @param channel the feature that surprised most, or -1
 */
public record Peak(long eventTime, float score, float pValue, int channel) {}
