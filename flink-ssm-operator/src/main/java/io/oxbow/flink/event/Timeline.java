package io.oxbow.flink.event;

/**
 * A curve over time, reconstructed from the stream's memory.
 *
 * @param from start of the first cell, milliseconds since the epoch
 * @param stepMillis width of a cell
 * @param values mean per cell; NaN where nothing was seen
 * @param error root mean square difference from the exact counters over the cells both know; NaN if
 *     there are none
 */
public record Timeline(long from, long stepMillis, float[] values, float error) {}
