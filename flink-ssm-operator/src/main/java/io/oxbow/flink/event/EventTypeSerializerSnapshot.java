package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint remembers of an {@link EventTypeSerializer}: the codec's name and the version
 * it wrote. A serializer reads all versions up to its own.
 */
public final class EventTypeSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private EventCodec<T> codec;
    private int writtenVersion;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public EventTypeSerializerSnapshot() {}

    EventTypeSerializerSnapshot(EventCodec<T> codec) {
        this.codec = codec;
        this.writtenVersion = codec.version();
    }

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        WireFormat.writeString(codec.name(), out);
        out.writeInt(writtenVersion);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (readVersion != 1) {
            throw new IOException("event serializer snapshots of format " + readVersion);
        }
        String name = WireFormat.readString(in);
        try {
            codec = (EventCodec<T>) EventTypes.named(name).codec();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        writtenVersion = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new EventTypeSerializer<>(codec);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        boolean readable =
                old instanceof EventTypeSerializerSnapshot<T> o
                        && o.codec.name().equals(codec.name())
                        && o.writtenVersion <= codec.version();
        return readable
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
