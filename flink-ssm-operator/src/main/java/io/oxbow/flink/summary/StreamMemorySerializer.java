package io.oxbow.flink.summary;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a {@link StreamMemory} behind one byte of version. The bytes describe their own spans, so
 * they can be read after the options have changed. Stateless.
 */
final class StreamMemorySerializer extends TypeSerializer<StreamMemory> {
    static final int VERSION = 3;
    static final int WITH_EVIDENCE = 3;
    static final int OLDEST = 2;
    static final StreamMemorySerializer INSTANCE = new StreamMemorySerializer();

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public void serialize(StreamMemory memory, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        memory.write(target);
    }

    /**
     * @throws IOException if the version is unknown or the bytes are no memory
     */
    @Override
    public StreamMemory deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version < OLDEST || version > VERSION) {
            throw new IOException(
                    "a stream memory of format "
                            + version
                            + " cannot be read; this release knows "
                            + OLDEST
                            + " to "
                            + VERSION);
        }
        return StreamMemory.read(source, version);
    }

    @Override
    public StreamMemory deserialize(StreamMemory reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public StreamMemory copy(StreamMemory from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(1 << 16);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("a stream memory does not survive being copied", e);
        }
    }

    @Override
    public StreamMemory copy(StreamMemory from, StreamMemory reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<StreamMemory> duplicate() {
        return this;
    }

    /** Null: a memory is made under a plan. */
    @Override
    public StreamMemory createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof StreamMemorySerializer;
    }

    @Override
    public int hashCode() {
        return StreamMemorySerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<StreamMemory> snapshotConfiguration() {
        return new StreamMemorySerializerSnapshot();
    }
}
