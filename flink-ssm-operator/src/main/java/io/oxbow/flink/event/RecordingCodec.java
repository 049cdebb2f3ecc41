package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class RecordingCodec implements EventCodec<Recording> {
    private static final Health[] HEALTH = Health.values();
    private static final Recording.Kind[] KINDS = Recording.Kind.values();

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Class<Recording> type() {
        return Recording.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Recording event, DataOutputView out) throws IOException {
        WireFormat.writeString(event.streamId(), out);
        out.writeLong(event.epoch());
        out.writeLong(event.seq());
        out.writeLong(event.eventTime());
        out.writeLong(event.ingestTime());
        WireFormat.writeEnum(event.kind(), out);
        WireFormat.writeString(event.format(), out);
        out.writeInt(event.rate());
        out.writeInt(event.channels());
        WireFormat.writeBytes(event.bytes(), out);
        WireFormat.writeString(event.uri(), out);
        WireFormat.writeString(event.sha256(), out);
        WireFormat.writeEnum(event.health(), out);
        ObservationCodec.writeOrigin(event.origin(), out);
    }

    @Override
    public Recording read(int version, DataInputView in) throws IOException {
        return new Recording(
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readEnum(KINDS, in),
                WireFormat.readString(in),
                in.readInt(),
                in.readInt(),
                WireFormat.readBytes(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readEnum(HEALTH, in),
                ObservationCodec.readOrigin(in));
    }
}
