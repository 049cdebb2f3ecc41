package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/** A stream's state was no longer finite after this event, and starts anew. */
@TypeInfo(EventTypeInfoFactory.class)
public record StateReset(String streamId, long epoch, long seq, long eventTime, String reason)
        implements StreamSignal {}
