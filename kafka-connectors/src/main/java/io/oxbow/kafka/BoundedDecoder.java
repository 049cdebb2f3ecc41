package io.oxbow.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary form from an array and trusts no length in it: a string, a byte field or a
 * collection is refused before anything is allocated when the bytes left could not hold it. Avro's
 * own decoder allocates what the length says, up to two gigabytes for five bytes of input.
 *
 * <p>An item of a collection is taken to have at least one byte, which holds for every schema but
 * one with empty items. Byte buffers are views of the array. Not thread-safe.
 */
final class BoundedDecoder extends Decoder {
    private static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;
    private int position;

    void reset(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws EventDecodingException {
        byte value = next();
        if (value != 0 && value != 1) {
            throw new EventDecodingException("A boolean is 0 or 1, not " + value + ".");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws EventDecodingException {
        long value = readLong();
        if (value != (int) value) {
            throw new EventDecodingException("The number " + value + " is no 32-bit integer.");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws EventDecodingException {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = next();
            if (shift == 63 && (part & 0xFE) != 0) {
                break;
            }
            zigzag |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new EventDecodingException("An integer is longer than 64 bits.");
    }

    @Override
    public float readFloat() throws EventDecodingException {
        return Float.intBitsToFloat(littleEndianInt());
    }

    @Override
    public double readDouble() throws EventDecodingException {
        long low = littleEndianInt() & 0xFFFFFFFFL;
        return Double.longBitsToDouble(low | (long) littleEndianInt() << 32);
    }

    @Override
    public Utf8 readString(Utf8 old) throws EventDecodingException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws EventDecodingException {
        int length = readLength("A string");
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        // Malformed bytes were replaced by U+FFFD; the character itself may also stand in a text.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(text, length)) {
            throw new EventDecodingException("A string is not valid UTF-8.");
        }
        position += length;
        return text;
    }

    @Override
    public void skipString() throws EventDecodingException {
        skip(readLength("A string"));
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws EventDecodingException {
        int length = readLength("A byte field");
        ByteBuffer view = ByteBuffer.wrap(bytes, position, length).slice();
        position += length;
        return view;
    }

    @Override
    public void skipBytes() throws EventDecodingException {
        skip(readLength("A byte field"));
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws EventDecodingException {
        require(length, "A fixed field");
        System.arraycopy(bytes, position, target, start, length);
        position += length;
    }

    @Override
    public void skipFixed(int length) throws EventDecodingException {
        require(length, "A fixed field");
        position += length;
    }

    @Override
    public int readEnum() throws EventDecodingException {
        return readInt();
    }

    @Override
    public int readIndex() throws EventDecodingException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws EventDecodingException {
        return readBlockStart();
    }

    @Override
    public long arrayNext() throws EventDecodingException {
        return readBlockStart();
    }

    @Override
    public long skipArray() throws EventDecodingException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws EventDecodingException {
        return readBlockStart();
    }

    @Override
    public long mapNext() throws EventDecodingException {
        return readBlockStart();
    }

    @Override
    public long skipMap() throws EventDecodingException {
        return skipBlocks();
    }

    /** A negative count is followed by the block's length in bytes. */
    private long readBlockStart() throws EventDecodingException {
        long count = readLong();
        if (count < 0) {
            count = -count;
            require(readLong(), "A block of a collection");
        }
        require(count, "A collection");
        return count;
    }

    /** Passes the blocks of known length; returns the count of the first of unknown length. */
    private long skipBlocks() throws EventDecodingException {
        long count = readLong();
        while (count < 0) {
            skip(require(readLong(), "A block of a collection"));
            count = readLong();
        }
        require(count, "A collection");
        return count;
    }

    private int readLength(String what) throws EventDecodingException {
        return require(readLong(), what);
    }

    private int require(long length, String what) throws EventDecodingException {
        if (length < 0 || length > remaining()) {
            throw new EventDecodingException(
                    what
                            + " claims a length of "
                            + length
                            + ", but "
                            + remaining()
                            + " bytes are left.");
        }
        return (int) length;
    }

    private void skip(int length) {
        position += length;
    }

    private boolean isUtf8(String text, int length) {
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, position, position + length);
    }

    private int littleEndianInt() throws EventDecodingException {
        require(4, "A number");
        int at = position;
        position = at + 4;
        return bytes[at] & 0xFF
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | bytes[at + 3] << 24;
    }

    private byte next() throws EventDecodingException {
        if (position >= bytes.length) {
            throw new EventDecodingException("The record ends within the event.");
        }
        return bytes[position++];
    }
}
