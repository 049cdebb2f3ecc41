package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class ObservationCodec implements EventCodec<Observation> {
    private static final Health[] HEALTH = Health.values();

    @Override
    public String name() {
        return "observation";
    }

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Observation event, DataOutputView out) throws IOException {
        WireFormat.writeString(event.streamId(), out);
        out.writeLong(event.epoch());
        out.writeLong(event.seq());
        out.writeLong(event.eventTime());
        out.writeLong(event.ingestTime());
        out.writeLong(event.encoderHash());
        WireFormat.writeFloats(event.values(), out);
        WireFormat.writeEnum(event.health(), out);
        writeOrigin(event.origin(), out);
    }

    @Override
    public Observation read(int version, DataInputView in) throws IOException {
        return new Observation(
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readFloats(in),
                WireFormat.readEnum(HEALTH, in),
                readOrigin(in));
    }

    static void writeOrigin(Origin origin, DataOutputView out) throws IOException {
        boolean known = !origin.equals(Origin.NONE);
        out.writeBoolean(known);
        if (known) {
            WireFormat.writeString(origin.topic(), out);
            out.writeInt(origin.partition());
            out.writeLong(origin.offset());
        }
    }

    static Origin readOrigin(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return Origin.NONE;
        }
        return new Origin(WireFormat.readString(in), in.readInt(), in.readLong());
    }
}
