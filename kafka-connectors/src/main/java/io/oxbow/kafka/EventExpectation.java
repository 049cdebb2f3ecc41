package io.oxbow.kafka;

import java.io.Serializable;

/**
 * What a job's model asks of every observation.
 *
 * @param inputDim values a vector must have, or {@link #ANY}
 * @param orFewer whether a vector may have fewer
 * @param encoderHash identity of the encoder that must have made it, or {@link #ANY}; an
 *     observation that does not state its encoder passes
 */
public record EventExpectation(int inputDim, boolean orFewer, long encoderHash)
        implements Serializable {
    public static final int ANY = 0;

    /** Accepts vectors of any width and any encoder. */
    public static EventExpectation none() {
        return ofDim(ANY);
    }

    /** Accepts vectors of that width, of any encoder. */
    public static EventExpectation ofDim(int inputDim) {
        return new EventExpectation(inputDim, false, ANY);
    }

    boolean takes(int dim) {
        return inputDim == ANY || dim == inputDim || orFewer && dim > 0 && dim < inputDim;
    }
}
