package io.oxbow.kafka;

import io.oxbow.kafka.event.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as the little-endian bytes of an event, and back. */
final class Vectors {
    private static final float[] EMPTY = new float[0];
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private Vectors() {}

    /** A buffer of 4 bytes a value; not to be written to. */
    static ByteBuffer bytes(float[] values) {
        if (values.length == 0) {
            return NO_BYTES;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    /**
     * The f32 values.
     *
     * @throws EventDecodingException if the bytes are no whole number of them
     */
    static float[] floats(ByteBuffer bytes) throws EventDecodingException {
        int length = bytes.remaining();
        if (length % Float.BYTES != 0) {
            throw new EventDecodingException(
                    "A vector of f32 has a multiple of 4 bytes, not " + length + ".");
        }
        return length == 0 ? EMPTY : floats(ElementType.F32, length / Float.BYTES, bytes);
    }

    static int size(ElementType type) {
        return type == ElementType.F16 ? Short.BYTES : Float.BYTES;
    }

    /**
     * @param count of values; {@code bytes} has {@code count * size(type)}
     */
    static float[] floats(ElementType type, int count, ByteBuffer bytes) {
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        if (type == ElementType.F16) {
            for (int i = 0; i < count; i++) {
                values[i] = fromHalf(source.getShort());
            }
        } else {
            source.asFloatBuffer().get(values);
        }
        return values;
    }

    /** IEEE 754 binary16 to binary32, exact. */
    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }
}
