package io.oxbow.flink.event;

/**
 * One of the most unusual moments of a stream.
 *
 * @param channel the feature that surprised most, or -1
 * @param where what people call that feature, for example a region of the picture; empty if there
 *     is none
 */
public record Peak(long eventTime, float score, float pValue, int channel, String where) {}
