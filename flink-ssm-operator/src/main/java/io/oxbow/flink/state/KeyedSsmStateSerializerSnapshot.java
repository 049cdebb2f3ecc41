package io.oxbow.flink.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint remembers of {@link KeyedSsmStateSerializer}: the format it wrote. Each state
 * carries its own format besides, so one release reads what several wrote.
 */
public final class KeyedSsmStateSerializerSnapshot
        implements TypeSerializerSnapshot<KeyedSsmState> {
    private int format = KeyedSsmStateSerializer.VERSION;

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(format);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        if (readVersion != 1) {
            throw new IOException(
                    "a state serializer snapshot of version " + readVersion + " is unknown");
        }
        format = in.readInt();
    }

    @Override
    public TypeSerializer<KeyedSsmState> restoreSerializer() {
        return KeyedSsmStateSerializer.INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<KeyedSsmState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<KeyedSsmState> old) {
        boolean readable =
                old instanceof KeyedSsmStateSerializerSnapshot o
                        && o.format >= 1
                        && o.format <= KeyedSsmStateSerializer.VERSION;
        return readable
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
