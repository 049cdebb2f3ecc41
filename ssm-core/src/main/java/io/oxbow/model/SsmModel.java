package io.oxbow.model;

import io.oxbow.plan.StepPlan;
import java.util.OptionalLong;

/**
 * A model ready to be prepared by a backend. Immutable.
 *
 * @param name where it came from, for people: {@code memory}, a path, a URI
 * @param architecture the registered name of its architecture
 * @param plan what a token does
 * @param timeMode how the gap between two events enters the state
 * @param fingerprint identity of config and weights; states are only continued by the model that
 *     wrote them unless told otherwise
 * @param encoderHash the encoder whose features it expects, or empty when it takes any
 */
public record SsmModel(
        String name,
        String architecture,
        StepPlan plan,
        TimeMode timeMode,
        long fingerprint,
        OptionalLong encoderHash) {

    public int inputDim() {
        return plan.inputDim();
    }

    /** The same model with another plan of the same state. */
    public SsmModel withPlan(StepPlan other) {
        return new SsmModel(name, architecture, other, timeMode, fingerprint, encoderHash);
    }
}
