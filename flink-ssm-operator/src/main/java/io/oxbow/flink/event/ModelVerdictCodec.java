package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class ModelVerdictCodec implements EventCodec<ModelVerdict> {
    private static final ModelVerdict.Outcome[] OUTCOMES = ModelVerdict.Outcome.values();

    private final EventCodec<ModelUpdate> updates;

    ModelVerdictCodec(EventCodec<ModelUpdate> updates) {
        this.updates = updates;
    }

    @Override
    public String name() {
        return "model-verdict";
    }

    @Override
    public Class<ModelVerdict> type() {
        return ModelVerdict.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(ModelVerdict verdict, DataOutputView out) throws IOException {
        updates.writeVersioned(verdict.update(), out);
        WireFormat.writeEnum(verdict.outcome(), out);
        out.writeLong(verdict.fingerprint());
        out.writeLong(verdict.replaced());
        WireFormat.writeString(verdict.text(), out);
    }

    @Override
    public ModelVerdict read(int version, DataInputView in) throws IOException {
        return new ModelVerdict(
                updates.readVersioned(in),
                WireFormat.readEnum(OUTCOMES, in),
                in.readLong(),
                in.readLong(),
                WireFormat.readString(in));
    }
}
