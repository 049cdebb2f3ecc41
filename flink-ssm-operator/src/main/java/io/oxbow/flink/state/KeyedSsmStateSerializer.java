package io.oxbow.flink.state;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes {@link KeyedSsmState} as bytes. Version 1, all big-endian:
 *
 * <pre>
 * u8   version, 1
 * i32  length of all that follows
 * i64  layout fingerprint
 * i64  model fingerprint
 * i64  steps
 * i64  last event time
 * i64  epoch
 * i64  last sequence number
 * i64  seen
 * i32  F, i32 L
 * f32  F floats, bit for bit
 * i64  L longs
 * </pre>
 *
 * A length that does not fit F and L is refused, so nothing can trail. Stateless.
 */
public final class KeyedSsmStateSerializer extends TypeSerializer<KeyedSsmState> {
    public static final KeyedSsmStateSerializer INSTANCE = new KeyedSsmStateSerializer();

    @Serial private static final long serialVersionUID = 1L;

    static final int VERSION = 1;
    private static final int HEADER = 7 * Long.BYTES + 2 * Integer.BYTES;
    private static final int CHUNK = 1 << 14;

    /** Floats turned into bytes at a time: what is made for it stays in the first cache. */
    private static final int BLOCK = 1 << 9;

    private KeyedSsmStateSerializer() {}

    @Override
    public void serialize(KeyedSsmState state, DataOutputView out) throws IOException {
        float[] floats = state.floats();
        long[] longs = state.longs();
        out.writeByte(VERSION);
        out.writeInt(Math.toIntExact(length(floats.length, longs.length)));
        out.writeLong(state.layoutFingerprint());
        out.writeLong(state.modelFingerprint());
        out.writeLong(state.steps());
        out.writeLong(state.lastEventTime());
        out.writeLong(state.epoch());
        out.writeLong(state.lastSeq());
        out.writeLong(state.seen());
        out.writeInt(floats.length);
        out.writeInt(longs.length);
        writeFloats(floats, out);
        for (long value : longs) {
            out.writeLong(value);
        }
    }

    @Override
    public KeyedSsmState deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "a stream's state of format "
                            + version
                            + " cannot be read; this release knows format "
                            + VERSION);
        }
        int length = in.readInt();
        long layoutFingerprint = in.readLong();
        long modelFingerprint = in.readLong();
        long steps = in.readLong();
        long lastEventTime = in.readLong();
        long epoch = in.readLong();
        long lastSeq = in.readLong();
        long seen = in.readLong();
        int floats = in.readInt();
        int longs = in.readInt();
        if (floats < 0 || longs < 0 || length != length(floats, longs)) {
            throw new IOException(
                    "a stream's state of "
                            + length
                            + " bytes cannot hold exactly "
                            + floats
                            + " floats and "
                            + longs
                            + " longs; the checkpoint is damaged");
        }
        return new KeyedSsmState(
                layoutFingerprint,
                modelFingerprint,
                steps,
                lastEventTime,
                epoch,
                lastSeq,
                seen,
                readFloats(floats, in),
                readLongs(longs, in));
    }

    private static long length(int floats, int longs) {
        return HEADER + (long) Float.BYTES * floats + (long) Long.BYTES * longs;
    }

    private static void writeFloats(float[] values, DataOutputView out) throws IOException {
        byte[] bytes = new byte[Math.min(values.length, BLOCK) * Float.BYTES];
        // Moves raw bits, a block at a time: a checkpoint waits for this.
        FloatBuffer buffer = ByteBuffer.wrap(bytes).asFloatBuffer();
        for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            buffer.put(0, values, from, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
    }

    /** Memory grows with the bytes that really come, not with the length they claim. */
    private static float[] readFloats(int length, DataInputView in) throws IOException {
        float[] values = new float[Math.min(length, CHUNK)];
        byte[] bytes = new byte[Math.min(length, BLOCK) * Float.BYTES];
        FloatBuffer buffer = ByteBuffer.wrap(bytes).asFloatBuffer();
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            in.readFully(bytes, 0, count * Float.BYTES);
            if (from + count > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length));
            }
            buffer.get(0, values, from, count);
        }
        return values;
    }

    private static long[] readLongs(int length, DataInputView in) throws IOException {
        long[] values = new long[Math.min(length, CHUNK)];
        for (int i = 0; i < length; i++) {
            long value = in.readLong();
            if (i == values.length) {
                values = Arrays.copyOf(values, grown(values.length, length));
            }
            values[i] = value;
        }
        return values;
    }

    private static int grown(int size, int limit) {
        return (int) Math.min(2L * size, limit);
    }

    @Override
    public KeyedSsmState deserialize(KeyedSsmState reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    /** No: {@link ResidentStates} writes to the arrays again, and the heap backend keeps them. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public KeyedSsmState copy(KeyedSsmState from) {
        return new KeyedSsmState(
                from.layoutFingerprint(),
                from.modelFingerprint(),
                from.steps(),
                from.lastEventTime(),
                from.epoch(),
                from.lastSeq(),
                from.seen(),
                from.floats().clone(),
                from.longs().clone());
    }

    @Override
    public KeyedSsmState copy(KeyedSsmState from, KeyedSsmState reuse) {
        return copy(from);
    }

    @Override
    public TypeSerializer<KeyedSsmState> duplicate() {
        return this;
    }

    /** Null: a stream that has seen nothing has no state. */
    @Override
    public KeyedSsmState createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public KeyedSsmStateSerializerSnapshot snapshotConfiguration() {
        return new KeyedSsmStateSerializerSnapshot();
    }

    @Serial
    private Object readResolve() {
        return INSTANCE;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeyedSsmStateSerializer;
    }

    @Override
    public int hashCode() {
        return KeyedSsmStateSerializer.class.hashCode();
    }
}
