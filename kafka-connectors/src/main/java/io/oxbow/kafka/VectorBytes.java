package io.oxbow.kafka;

import io.oxbow.kafka.event.ElementType;
import java.nio.ByteBuffer;

/** Reads the vectors in events' byte fields, for who meets the fields without their mapping. */
public final class VectorBytes {
    private VectorBytes() {}

    /**
     * The numbers, little-endian.
     *
     * @throws EventDecodingException if the bytes are no whole number of them
     */
    public static float[] floats(ElementType type, ByteBuffer bytes) throws EventDecodingException {
        int size = Vectors.size(type);
        if (bytes.remaining() % size != 0) {
            throw new EventDecodingException(
                    "A vector of "
                            + type
                            + " has a multiple of "
                            + size
                            + " bytes, not "
                            + bytes.remaining()
                            + ".");
        }
        return Vectors.floats(type, bytes.remaining() / size, bytes);
    }
}
