package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class SummaryCodec implements EventCodec<Summary> {

    @Override
    public String name() {
        return "summary";
    }

    @Override
    public Class<Summary> type() {
        return Summary.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Summary summary, DataOutputView out) throws IOException {
        WireFormat.writeString(summary.streamId(), out);
        WireFormat.writeString(summary.kind(), out);
        out.writeLong(summary.from());
        out.writeLong(summary.to());
        out.writeLong(summary.asOf());
        out.writeLong(summary.stateVersion());
        out.writeLong(summary.events());
        out.writeFloat(summary.coverage());
        out.writeFloat(summary.meanActivity());
        out.writeFloat(summary.usualActivity());
        out.writeFloat(summary.yesterdayActivity());
        out.writeFloat(summary.dailyRhythm());
        out.writeFloat(summary.weeklyRhythm());
        EventParts.writeTimeline(summary.activity(), out);
        EventParts.writeTimeline(summary.novelty(), out);
        WireFormat.writeList(summary.channels(), EventParts::writeChannelCurve, out);
        EventParts.writeStretch(summary.busiest(), out);
        EventParts.writeStretch(summary.quietest(), out);
        WireFormat.writeList(summary.peaks(), EventParts::writePeak, out);
        WireFormat.writeList(summary.health(), EventParts::writeHealthInterval, out);
        WireFormat.writeList(summary.news(), EventParts::writeNews, out);
        WireFormat.writeString(summary.text(), out);
    }

    @Override
    public Summary read(int version, DataInputView in) throws IOException {
        return new Summary(
                WireFormat.readString(in),
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                in.readFloat(),
                EventParts.readTimeline(in),
                EventParts.readTimeline(in),
                WireFormat.readList(EventParts::readChannelCurve, in),
                EventParts.readStretch(in),
                EventParts.readStretch(in),
                WireFormat.readList(EventParts::readPeak, in),
                WireFormat.readList(EventParts::readHealthInterval, in),
                WireFormat.readList(EventParts::readNews, in),
                WireFormat.readString(in));
    }
}
