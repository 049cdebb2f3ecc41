package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What the inference operator says of one stream, in the order of the stream's own events. */
@TypeInfo(EventTypeInfoFactory.class)
public sealed interface StreamSignal permits Inference, StateReset, Query, Foresight {

    String streamId();

    /** Milliseconds since the epoch, UTC. */
    long eventTime();
}
