package io.oxbow.flink.sql;

import io.oxbow.flink.state.KeyedSsmState;
import io.oxbow.flink.state.KeyedSsmStateSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.annotation.DataTypeHint;

/**
 * The state of one partition of the {@link OxbowFunction}: a stream's memory in the bytes that the
 * operator's own serializer writes, versioned and checked like there. Flink makes it, keeps it and
 * reads its field.
 */
public final class StreamMemory {
    /** Empty for a stream that has seen nothing. */
    @DataTypeHint("BYTES")
    public byte[] bytes;

    KeyedSsmState read() throws IOException {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        KeyedSsmState state = KeyedSsmStateSerializer.INSTANCE.deserialize(in);
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow a stream's state");
        }
        return state;
    }

    void write(KeyedSsmState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(bytes == null ? 256 : bytes.length);
        KeyedSsmStateSerializer.INSTANCE.serialize(state, out);
        bytes = out.getCopyOfBuffer();
    }
}
