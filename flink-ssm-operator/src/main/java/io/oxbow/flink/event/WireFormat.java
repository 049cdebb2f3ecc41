package io.oxbow.flink.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The parts events and states are written from. Every length is checked before memory is taken for
 * it, so damaged bytes end in an {@link IOException}, not in an {@link OutOfMemoryError}.
 */
public final class WireFormat {
    /** Longest string, in UTF-8 bytes. */
    public static final int MAX_STRING_BYTES = 1 << 24;

    /** Most elements of an array or list. */
    public static final int MAX_ELEMENTS = 1 << 24;

    private static final float[] NO_FLOATS = {};

    /** Writes one element of a list. */
    @FunctionalInterface
    public interface ElementWriter<T> {
        void write(T element, DataOutputView out) throws IOException;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface ElementReader<T> {
        T read(DataInputView in) throws IOException;
    }

    private WireFormat() {}

    /** A length, then that many bytes of UTF-8. */
    public static void writeString(String text, DataOutputView out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeLength(bytes.length, MAX_STRING_BYTES, out);
        out.write(bytes);
    }

    public static String readString(DataInputView in) throws IOException {
        int length = readLength(MAX_STRING_BYTES, in);
        if (length == 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A length, then that many floats, bit for bit. */
    public static void writeFloats(float[] values, DataOutputView out) throws IOException {
        writeLength(values.length, MAX_ELEMENTS, out);
        for (float value : values) {
            out.writeInt(Float.floatToRawIntBits(value));
        }
    }

    public static float[] readFloats(DataInputView in) throws IOException {
        int length = readLength(MAX_ELEMENTS, in);
        if (length == 0) {
            return NO_FLOATS;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = Float.intBitsToFloat(in.readInt());
        }
        return values;
    }

    /** A length, then the bytes. */
    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        writeLength(bytes.length, MAX_ELEMENTS, out);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[readLength(MAX_ELEMENTS, in)];
        in.readFully(bytes);
        return bytes;
    }

    /** One byte: the constant's ordinal. */
    public static void writeEnum(Enum<?> constant, DataOutputView out) throws IOException {
        out.writeByte(constant.ordinal());
    }

    /**
     * @param constants all of the enum, in order
     */
    public static <E extends Enum<E>> E readEnum(E[] constants, DataInputView in)
            throws IOException {
        int ordinal = in.readUnsignedByte();
        if (ordinal >= constants.length) {
            throw new IOException(
                    "constant "
                            + ordinal
                            + " is unknown to "
                            + constants.getClass().getComponentType().getSimpleName());
        }
        return constants[ordinal];
    }

    /** A length, then the elements. */
    public static <T> void writeList(
            List<T> elements, ElementWriter<? super T> writer, DataOutputView out)
            throws IOException {
        writeLength(elements.size(), MAX_ELEMENTS, out);
        for (T element : elements) {
            writer.write(element, out);
        }
    }

    public static <T> List<T> readList(ElementReader<? extends T> reader, DataInputView in)
            throws IOException {
        int length = readLength(MAX_ELEMENTS, in);
        // Grows as elements arrive: a damaged length runs out of bytes before it takes memory.
        List<T> elements = new ArrayList<>(Math.min(length, 64));
        for (int i = 0; i < length; i++) {
            elements.add(reader.read(in));
        }
        return elements;
    }

    /** Seven bits a byte, lowest first; the high bit says that more follow. */
    public static void writeLength(int length, int max, DataOutputView out) throws IOException {
        if (length > max) {
            throw new IOException(length + " elements do not fit; the most is " + max);
        }
        int rest = length;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /**
     * @throws IOException if the length is above {@code max}
     */
    public static int readLength(int max, DataInputView in) throws IOException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = in.readUnsignedByte();
            length |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                if (length > max) {
                    throw new IOException("a length of " + length + " is above " + max);
                }
                return (int) length;
            }
        }
        throw new IOException("a length of more than five bytes");
    }
}
