package io.oxbow.flink.inference;

import io.oxbow.flink.event.Observation;
import io.oxbow.model.SsmModel;

/** Decides whether an observation may touch a state. Stateless. */
final class InputCheck {
    private final int inputDim;
    private final boolean oneEncoder;
    private final long encoderHash;

    InputCheck(SsmModel model) {
        this.inputDim = model.inputDim();
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
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return "channel " + i + " is " + values[i] + ", not a finite number";
            }
        }
        return null;
    }
}
