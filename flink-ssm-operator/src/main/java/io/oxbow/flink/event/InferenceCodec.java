package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class InferenceCodec implements EventCodec<Inference> {
    private static final Health[] HEALTH = Health.values();
    private static final float[] NONE = {};

    @Override
    public String name() {
        return "inference";
    }

    @Override
    public Class<Inference> type() {
        return Inference.class;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Inference event, DataOutputView out) throws IOException {
        WireFormat.writeString(event.streamId(), out);
        out.writeLong(event.epoch());
        out.writeLong(event.seq());
        out.writeLong(event.eventTime());
        out.writeLong(event.ingestTime());
        out.writeLong(event.encoderHash());
        out.writeLong(event.stateVersion());
        WireFormat.writeEnum(event.health(), out);
        out.writeFloat(event.activity());
        out.writeFloat(event.score());
        out.writeFloat(event.pValue());
        WireFormat.writeFloats(event.values(), out);
        WireFormat.writeFloats(event.forecast(), out);
        WireFormat.writeFloats(event.attribution(), out);
        WireFormat.writeFloats(event.embedding(), out);
        WireFormat.writeFloats(event.head(), out);
        WireFormat.writeFloats(event.evidence(), out);
    }

    @Override
    public Inference read(int version, DataInputView in) throws IOException {
        return new Inference(
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readEnum(HEALTH, in),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                WireFormat.readFloats(in),
                WireFormat.readFloats(in),
                WireFormat.readFloats(in),
                WireFormat.readFloats(in),
                WireFormat.readFloats(in),
                version < 2 ? NONE : WireFormat.readFloats(in));
    }
}
