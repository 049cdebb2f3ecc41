package io.oxbow.encode.video;

import io.oxbow.encode.StatefulEncoder;

/**
 * Turns the pictures of one stream into vectors, and says whether they can be believed. One
 * instance a stream, one thread at a time.
 *
 * <p>Pictures may be taken in one by one and encoded in one go, which pays where a model's weights
 * are read once for all of them. The vector of a picture does not depend on which others are
 * encoded with it, but its last bits may.
 */
public interface FrameEncoder extends StatefulEncoder {

    /** Pictures that it takes in before they must be encoded; 1 where more gain nothing. */
    int capacity();

    /**
     * Takes a picture in; keeps nothing of the caller's.
     *
     * @param timeMillis when it was taken; a time before the last one's counts as no gap
     * @throws IllegalStateException if {@link #capacity} pictures wait already
     */
    void take(LumaFrame frame, long timeMillis);

    /**
     * Encodes the pictures taken in since the last call, oldest first.
     *
     * @param vectors receives {@link #dim} values each from {@code offset}
     * @return how many there were
     */
    int encodeTaken(float[] vectors, int offset);

    /** Encodes a picture alone, while none waits. */
    default void encode(LumaFrame frame, long timeMillis, float[] vector, int offset) {
        take(frame, timeMillis);
        encodeTaken(vector, offset);
    }

    /** Whether the latest picture taken in can be believed. */
    PictureHealth health();
}
