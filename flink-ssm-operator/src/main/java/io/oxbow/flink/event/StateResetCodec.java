package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class StateResetCodec implements EventCodec<StateReset> {

    @Override
    public String name() {
        return "state-reset";
    }

    @Override
    public Class<StateReset> type() {
        return StateReset.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(StateReset event, DataOutputView out) throws IOException {
        WireFormat.writeString(event.streamId(), out);
        out.writeLong(event.epoch());
        out.writeLong(event.seq());
        out.writeLong(event.eventTime());
        WireFormat.writeString(event.reason(), out);
    }

    @Override
    public StateReset read(int version, DataInputView in) throws IOException {
        return new StateReset(
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readString(in));
    }
}
