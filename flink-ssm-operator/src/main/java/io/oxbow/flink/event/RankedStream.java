package io.oxbow.flink.event;

/**
 * One stream's place in the answer for a group.
 *
 * @param status of the stream's own answer
 * @param rank what the streams are ordered by, highest first; what it measures is the kind's affair
 * @param asOf event time of the last event the stream's own answer knew of
 * @param text the stream's own answer for people
 */
public record RankedStream(String streamId, String status, double rank, long asOf, String text) {}
