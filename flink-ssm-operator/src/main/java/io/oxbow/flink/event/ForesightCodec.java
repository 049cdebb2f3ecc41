package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class ForesightCodec implements EventCodec<Foresight> {
    private final EventCodec<Query> queries;

    ForesightCodec(EventCodec<Query> queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return "foresight";
    }

    @Override
    public Class<Foresight> type() {
        return Foresight.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Foresight event, DataOutputView out) throws IOException {
        queries.writeVersioned(event.query(), out);
        out.writeInt(event.horizon());
        WireFormat.writeFloats(event.expected(), out);
        WireFormat.writeFloats(event.low(), out);
        WireFormat.writeFloats(event.high(), out);
    }

    @Override
    public Foresight read(int version, DataInputView in) throws IOException {
        Query query = queries.readVersioned(in);
        int horizon = in.readInt();
        float[] expected = WireFormat.readFloats(in);
        float[] low = WireFormat.readFloats(in);
        float[] high = WireFormat.readFloats(in);
        if (horizon < 1
                || expected.length % horizon != 0
                || low.length != expected.length
                || high.length != expected.length) {
            throw new IOException(
                    "a horizon of " + horizon + " with " + expected.length + " expected values");
        }
        return new Foresight(query, horizon, expected, low, high);
    }
}
