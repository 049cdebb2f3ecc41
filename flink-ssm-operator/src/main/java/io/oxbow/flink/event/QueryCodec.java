package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class QueryCodec implements EventCodec<Query> {

    @Override
    public String name() {
        return "query";
    }

    @Override
    public Class<Query> type() {
        return Query.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Query query, DataOutputView out) throws IOException {
        WireFormat.writeString(query.queryId(), out);
        WireFormat.writeString(query.streamId(), out);
        WireFormat.writeString(query.group(), out);
        WireFormat.writeString(query.kind(), out);
        out.writeLong(query.from());
        out.writeLong(query.to());
        out.writeLong(query.referenceFrom());
        out.writeLong(query.resolutionMillis());
        out.writeLong(query.deadline());
        out.writeLong(query.eventTime());
        WireFormat.writeString(query.replyTo(), out);
    }

    @Override
    public Query read(int version, DataInputView in) throws IOException {
        return new Query(
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                WireFormat.readString(in));
    }
}
