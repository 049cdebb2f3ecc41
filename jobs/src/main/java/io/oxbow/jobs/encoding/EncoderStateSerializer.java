package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.ImmutableSerializer;
import io.oxbow.flink.event.WireFormat;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes {@link EncoderState} as bytes. Version 1, big-endian: u8 version, i64 encoder hash, i64
 * epoch, i64 last sequence number, i64 last event time, a length, f32 references bit for bit.
 * Stateless.
 */
public final class EncoderStateSerializer extends ImmutableSerializer<EncoderState> {
    static final EncoderStateSerializer INSTANCE = new EncoderStateSerializer();

    @Serial private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private EncoderStateSerializer() {}

    @Override
    public void serialize(EncoderState state, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.encoderHash());
        out.writeLong(state.epoch());
        out.writeLong(state.lastSeq());
        out.writeLong(state.lastEventTime());
        WireFormat.writeFloats(state.references(), out);
    }

    @Override
    public EncoderState deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "an encoder's state of format "
                            + version
                            + " cannot be read; this release knows format "
                            + VERSION);
        }
        return new EncoderState(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readFloats(in));
    }

    @Override
    public TypeSerializerSnapshot<EncoderState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Serial
    private Object readResolve() {
        return INSTANCE;
    }

    /** Nothing to remember: the bytes say their version. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncoderState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
