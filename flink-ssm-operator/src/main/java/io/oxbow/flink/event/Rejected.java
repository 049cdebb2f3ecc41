package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An observation the operator would not let touch the state; it goes to the dead letters.
 *
 * @param stage where it was refused, for example {@code inference}
 * @param error one sentence
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Rejected(Observation event, String stage, String error) {}
