package io.oxbow.flink.state;

import io.oxbow.model.SsmModel;

/** A stream's state was written by another model than the job runs, and the options say to fail. */
public final class ModelMismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    ModelMismatchException(Object streamId, KeyedSsmState state, SsmModel model) {
        super(
                String.format(
                        "the state of stream '%s' was written by model %016x with layout %016x, but"
                                + " this job runs '%s', model %016x with layout %016x; run the"
                                + " model it was written by, or set oxbow.state.on-model-change to"
                                + " 'reset' to start the memory of each stream anew",
                        streamId,
                        state.modelFingerprint(),
                        state.layoutFingerprint(),
                        model.name(),
                        model.fingerprint(),
                        model.plan().layout().fingerprint()));
    }
}
