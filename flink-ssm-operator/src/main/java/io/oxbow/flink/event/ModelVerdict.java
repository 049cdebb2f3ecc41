package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What was decided of a {@link ModelUpdate}, once for the whole job.
 *
 * @param fingerprint of the model, {@link io.oxbow.model.SsmModel#fingerprint}; 0 if it is refused
 * @param replaced fingerprint of the model the job had until then
 * @param text one sentence for people: what becomes of the states, or why it is refused
 */
@TypeInfo(EventTypeInfoFactory.class)
public record ModelVerdict(
        ModelUpdate update, Outcome outcome, long fingerprint, long replaced, String text) {

    /** The constants' order is part of the wire format. */
    public enum Outcome {
        /** The job goes over to it and every stream's state goes on. */
        KEEPS_STATES,
        /** The job goes over to it and every stream's state begins anew. */
        RESETS_STATES,
        /** It is the model the job has. */
        UNCHANGED,
        REFUSED
    }

    /** Whether the job goes over to the model. */
    public boolean swaps() {
        return outcome == Outcome.KEEPS_STATES || outcome == Outcome.RESETS_STATES;
    }
}
