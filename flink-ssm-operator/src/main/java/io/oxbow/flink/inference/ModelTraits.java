package io.oxbow.flink.inference;

import io.oxbow.model.SsmModel;
import java.io.Closeable;
import java.util.OptionalLong;

/**
 * What of a model decides whether a job may go over to it.
 *
 * @param layout fingerprint of the state's layout
 * @param takesTokens whether its input is the id of a token
 */
record ModelTraits(
        String name,
        String architecture,
        long fingerprint,
        long layout,
        int inputDim,
        boolean takesTokens,
        OptionalLong encoderHash)
        implements Closeable {

    static ModelTraits of(SsmModel model) {
        return new ModelTraits(
                model.name(),
                model.architecture(),
                model.fingerprint(),
                model.plan().layout().fingerprint(),
                model.inputDim(),
                model.plan().vocabulary().isPresent(),
                model.encoderHash());
    }

    /** Whether states of one mean the same to the other: equal layout and architecture. */
    boolean sharesStatesWith(ModelTraits other) {
        return layout == other.layout && architecture.equals(other.architecture);
    }

    /** Why the events of a job with the model {@code current} are none for this, or null. */
    String unfitFor(ModelTraits current) {
        if (inputDim != current.inputDim) {
            return "it takes vectors of "
                    + inputDim
                    + " values, the job's have "
                    + current.inputDim;
        }
        if (takesTokens != current.takesTokens) {
            return takesTokens
                    ? "it takes token ids, the job's events are numbers"
                    : "it takes numbers, the job's events are token ids";
        }
        if (encoderHash.isPresent()
                && current.encoderHash.isPresent()
                && encoderHash.getAsLong() != current.encoderHash.getAsLong()) {
            return String.format(
                    "it was trained on encoder %016x, the job's events are made by %016x",
                    encoderHash.getAsLong(), current.encoderHash.getAsLong());
        }
        return null;
    }

    /** Nothing to free. */
    @Override
    public void close() {}
}
