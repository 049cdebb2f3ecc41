package io.oxbow.flink.event;

/**
 * What one remembered channel of a stream did.
 *
 * @param name what people call the channel
 */
public record ChannelCurve(int channel, String name, Timeline curve) {}
