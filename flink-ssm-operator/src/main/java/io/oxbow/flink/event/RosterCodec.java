package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class RosterCodec implements EventCodec<Roster> {
    private final EventCodec<Query> queries;

    RosterCodec(EventCodec<Query> queries) {
        this.queries = queries;
    }

    @Override
    public String name() {
        return "roster";
    }

    @Override
    public Class<Roster> type() {
        return Roster.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Roster roster, DataOutputView out) throws IOException {
        queries.writeVersioned(roster.query(), out);
        WireFormat.writeList(roster.streams(), WireFormat::writeString, out);
    }

    @Override
    public Roster read(int version, DataInputView in) throws IOException {
        return new Roster(
                queries.readVersioned(in), WireFormat.readList(WireFormat::readString, in));
    }
}
