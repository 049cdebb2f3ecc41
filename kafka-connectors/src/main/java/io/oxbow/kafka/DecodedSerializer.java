package io.oxbow.kafka;

import io.oxbow.flink.event.EventTypeSerializer;
import io.oxbow.flink.event.ImmutableSerializer;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.StreamEvent;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes one byte for which it is, then the event, the letter or the update. */
public final class DecodedSerializer extends ImmutableSerializer<Decoded> {
    public static final DecodedSerializer INSTANCE = new DecodedSerializer();

    private static final long serialVersionUID = 1L;
    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;
    private static final int OFFERED = 2;
    private static final EventTypeSerializer<StreamEvent> EVENTS =
            io.oxbow.flink.event.EventTypes.STREAM_EVENT.createSerializer(
                    new SerializerConfigImpl());
    private static final EventTypeSerializer<ModelUpdate> UPDATES =
            io.oxbow.flink.event.EventTypes.MODEL_UPDATE.createSerializer(
                    new SerializerConfigImpl());

    private DecodedSerializer() {}

    @Override
    public void serialize(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof Decoded.Accepted accepted) {
            target.writeByte(ACCEPTED);
            EVENTS.serialize(accepted.event(), target);
        } else if (decoded instanceof Decoded.Refused refused) {
            target.writeByte(REFUSED);
            DeadLetterSerializer.INSTANCE.serialize(refused.deadLetter(), target);
        } else if (decoded instanceof Decoded.Offered offered) {
            target.writeByte(OFFERED);
            UPDATES.serialize(offered.update(), target);
        }
    }

    @Override
    public Decoded deserialize(DataInputView source) throws IOException {
        int which = source.readUnsignedByte();
        return switch (which) {
            case ACCEPTED -> new Decoded.Accepted(EVENTS.deserialize(source));
            case REFUSED -> new Decoded.Refused(DeadLetterSerializer.INSTANCE.deserialize(source));
            case OFFERED -> new Decoded.Offered(UPDATES.deserialize(source));
            default -> throw new IOException("a decoded record is 0 to 2, not " + which);
        };
    }

    @Override
    public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to remember: the bytes say it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
