package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class RejectedCodec implements EventCodec<Rejected> {
    private final EventCodec<Observation> observations;

    RejectedCodec(EventCodec<Observation> observations) {
        this.observations = observations;
    }

    @Override
    public String name() {
        return "rejected";
    }

    @Override
    public Class<Rejected> type() {
        return Rejected.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Rejected event, DataOutputView out) throws IOException {
        observations.writeVersioned(event.event(), out);
        WireFormat.writeString(event.stage(), out);
        WireFormat.writeString(event.error(), out);
    }

    @Override
    public Rejected read(int version, DataInputView in) throws IOException {
        return new Rejected(
                observations.readVersioned(in),
                WireFormat.readString(in),
                WireFormat.readString(in));
    }
}
