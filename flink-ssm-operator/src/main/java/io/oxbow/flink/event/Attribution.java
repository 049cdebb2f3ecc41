package io.oxbow.flink.event;

/**
 * One channel's part in an anomaly.
 *
 * @param sigma signed surprise, standard deviations of the channel's own forecast error, within
 *     1000: more says no more than that the channel hardly moved before
 */
public record Attribution(int channel, float expected, float seen, float sigma) {}
