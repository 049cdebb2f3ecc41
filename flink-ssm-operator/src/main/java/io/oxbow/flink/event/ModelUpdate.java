package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A model for a running job to go over to.
 *
 * @param modelId for whom it is meant, for people; a job has one model
 * @param version rises with every update; one that does not is refused
 * @param uri as {@link io.oxbow.flink.OxbowOptions#MODEL_URI}
 * @param sha256 of the weights file, lower-case hexadecimal; empty not to compare it
 * @param eventTime when it was published, milliseconds since the epoch, UTC
 */
@TypeInfo(EventTypeInfoFactory.class)
public record ModelUpdate(
        String modelId, long version, String uri, String sha256, long eventTime, Origin origin) {}
