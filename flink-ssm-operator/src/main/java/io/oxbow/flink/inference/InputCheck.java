package io.oxbow.flink.inference;

import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.event.Observation;
import io.oxbow.model.SsmModel;

/** Decides whether an observation may touch a state. Stateless. */
final class InputCheck {
    private final int inputDim;
    private final int vocabulary;
    private final boolean oneEncoder;
    private final long encoderHash;
    private final MaxAhead maxAhead;

    InputCheck(SsmModel model, MaxAhead maxAhead) {
        this.maxAhead = maxAhead;
        this.inputDim = model.inputDim();
        this.vocabulary = model.plan().vocabulary().orElse(0);
        this.oneEncoder = model.encoderHash().isPresent();
        this.encoderHash = model.encoderHash().orElse(0);
    }

    /** Why not, in one sentence, or null if it may. */
    String refusal(Observation event) {
        float[] values = event.values();
        if (values == null || values.length != inputDim) {
            return "the vector has "
                    + (values == null ? 0 : values.length)
                    + " values; the model takes "
                    + inputDim;
        }
        // An encoder that did not state its identity is taken at its word.
        if (oneEncoder && event.encoderHash() != 0 && event.encoderHash() != encoderHash) {
            return String.format(
                    "the vector was made by encoder %016x; the model was trained on encoder %016x",
                    event.encoderHash(), encoderHash);
        }
        String tooFarAhead = maxAhead.refusal(event);
        if (tooFarAhead != null) {
            return tooFarAhead;
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return "channel " + i + " is " + values[i] + ", not a finite number";
            }
        }
        return vocabulary > 0 ? tokenRefusal(values[0]) : null;
    }

    private String tokenRefusal(float id) {
        if (id != Math.rint(id)) {
            return "the token id is " + id + ", not a whole number";
        }
        if (id < 0 || id >= vocabulary) {
            return String.format(
                    "the token id is %.0f; the model knows ids 0 to %d", id, vocabulary - 1);
        }
        return null;
    }
}
