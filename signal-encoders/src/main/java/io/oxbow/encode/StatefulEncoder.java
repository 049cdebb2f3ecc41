package io.oxbow.encode;

/**
 * An encoder whose references (a background, the places of tracked objects) can be kept, so that a
 * crash leaves no trace.
 */
public interface StatefulEncoder extends Encoder {

    /** Floats that {@link #save} writes. */
    int stateFloats();

    /** Writes all references, so that an encoder that reads them goes on bit for bit. */
    void save(float[] target, int offset);

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IllegalArgumentException if it is found to be something else; the encoder is then as
     *     new
     */
    void restore(float[] source, int offset);

    /** Forgets everything. */
    void reset();
}
