package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class ModelUpdateCodec implements EventCodec<ModelUpdate> {

    @Override
    public String name() {
        return "model-update";
    }

    @Override
    public Class<ModelUpdate> type() {
        return ModelUpdate.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(ModelUpdate update, DataOutputView out) throws IOException {
        WireFormat.writeString(update.modelId(), out);
        out.writeLong(update.version());
        WireFormat.writeString(update.uri(), out);
        WireFormat.writeString(update.sha256(), out);
        out.writeLong(update.eventTime());
        ObservationCodec.writeOrigin(update.origin(), out);
    }

    @Override
    public ModelUpdate read(int version, DataInputView in) throws IOException {
        return new ModelUpdate(
                WireFormat.readString(in),
                in.readLong(),
                WireFormat.readString(in),
                WireFormat.readString(in),
                in.readLong(),
                ObservationCodec.readOrigin(in));
    }
}
