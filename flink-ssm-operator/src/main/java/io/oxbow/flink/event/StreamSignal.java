package io.oxbow.flink.event;

/** What the inference operator says of one stream, in the order of the stream's own events. */
public sealed interface StreamSignal permits Inference, StateReset, Query {

    String streamId();

    /** Milliseconds since the epoch, UTC. */
    long eventTime();
}
