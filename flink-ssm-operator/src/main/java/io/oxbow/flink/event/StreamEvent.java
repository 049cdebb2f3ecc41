package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What arrives at the operators for one stream: something seen, a question, or something an encoder
 * has yet to see.
 */
@TypeInfo(EventTypeInfoFactory.class)
public sealed interface StreamEvent permits Observation, Query, Recording {

    /** The camera, sensor or microphone; the key of every operator. */
    String streamId();

    /** Milliseconds since the epoch, UTC. */
    long eventTime();
}
