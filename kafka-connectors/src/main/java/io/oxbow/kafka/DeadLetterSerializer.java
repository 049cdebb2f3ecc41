package io.oxbow.kafka;

import io.oxbow.flink.event.ImmutableSerializer;
import io.oxbow.kafka.event.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes dead letters as they stand on Kafka, so that each says with which schema. */
public final class DeadLetterSerializer extends ImmutableSerializer<DeadLetter> {
    public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    private static final long serialVersionUID = 1L;

    private DeadLetterSerializer() {}

    @Override
    public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
        byte[] bytes = new EventEncoder<>(EventTypes.DEAD_LETTER).encode(letter);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public DeadLetter deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new EventDecoder().decode(EventTypes.DEAD_LETTER, bytes);
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to remember: the bytes say it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
