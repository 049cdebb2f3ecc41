package io.oxbow.flink.event;

/** A stream's state was no longer finite after this event, and starts anew. */
public record StateReset(String streamId, long epoch, long seq, long eventTime, String reason)
        implements StreamSignal {}
