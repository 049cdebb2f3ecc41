package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a checkpoint remembers of a {@link StreamMemorySerializer}: the version it wrote. */
public final class StreamMemorySerializerSnapshot implements TypeSerializerSnapshot<StreamMemory> {
    private int writtenVersion = StreamMemorySerializer.VERSION;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public StreamMemorySerializerSnapshot() {}

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(writtenVersion);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
            throws IOException {
        if (readVersion != 1) {
            throw new IOException("memory serializer snapshots of format " + readVersion);
        }
        writtenVersion = in.readInt();
    }

    @Override
    public TypeSerializer<StreamMemory> restoreSerializer() {
        return StreamMemorySerializer.INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<StreamMemory> resolveSchemaCompatibility(
            TypeSerializerSnapshot<StreamMemory> old) {
        boolean readable =
                old instanceof StreamMemorySerializerSnapshot o
                        && o.writtenVersion <= StreamMemorySerializer.VERSION;
        return readable
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
