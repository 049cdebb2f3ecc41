package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The records that several events carry inside them, as bytes. */
final class EventParts {
    private static final Health[] HEALTH = Health.values();

    private EventParts() {}

    static void writeTimeline(Timeline timeline, DataOutputView out) throws IOException {
        out.writeLong(timeline.from());
        out.writeLong(timeline.stepMillis());
        WireFormat.writeFloats(timeline.values(), out);
        out.writeFloat(timeline.error());
        out.writeFloat(timeline.bound());
    }

    static Timeline readTimeline(DataInputView in) throws IOException {
        return new Timeline(
                in.readLong(),
                in.readLong(),
                WireFormat.readFloats(in),
                in.readFloat(),
                in.readFloat());
    }

    static void writeStretch(Stretch stretch, DataOutputView out) throws IOException {
        out.writeLong(stretch.from());
        out.writeLong(stretch.to());
        out.writeFloat(stretch.activity());
    }

    static Stretch readStretch(DataInputView in) throws IOException {
        return new Stretch(in.readLong(), in.readLong(), in.readFloat());
    }

    static void writePeak(Peak peak, DataOutputView out) throws IOException {
        out.writeLong(peak.eventTime());
        out.writeFloat(peak.score());
        out.writeFloat(peak.pValue());
        out.writeInt(peak.channel());
        WireFormat.writeString(peak.where(), out);
    }

    static Peak readPeak(DataInputView in) throws IOException {
        return new Peak(
                in.readLong(),
                in.readFloat(),
                in.readFloat(),
                in.readInt(),
                WireFormat.readString(in));
    }

    static void writeHealthInterval(HealthInterval interval, DataOutputView out)
            throws IOException {
        WireFormat.writeEnum(interval.kind(), out);
        out.writeLong(interval.from());
        out.writeLong(interval.to());
    }

    static HealthInterval readHealthInterval(DataInputView in) throws IOException {
        return new HealthInterval(WireFormat.readEnum(HEALTH, in), in.readLong(), in.readLong());
    }

    static void writeChannelCurve(ChannelCurve curve, DataOutputView out) throws IOException {
        out.writeInt(curve.channel());
        WireFormat.writeString(curve.name(), out);
        writeTimeline(curve.curve(), out);
    }

    static ChannelCurve readChannelCurve(DataInputView in) throws IOException {
        return new ChannelCurve(in.readInt(), WireFormat.readString(in), readTimeline(in));
    }

    static void writeRankedStream(RankedStream stream, DataOutputView out) throws IOException {
        WireFormat.writeString(stream.streamId(), out);
        WireFormat.writeString(stream.status(), out);
        out.writeDouble(stream.rank());
        out.writeLong(stream.asOf());
        WireFormat.writeString(stream.text(), out);
    }

    static RankedStream readRankedStream(DataInputView in) throws IOException {
        return new RankedStream(
                WireFormat.readString(in),
                WireFormat.readString(in),
                in.readDouble(),
                in.readLong(),
                WireFormat.readString(in));
    }

    static void writeNews(News news, DataOutputView out) throws IOException {
        WireFormat.writeString(news.kind(), out);
        WireFormat.writeString(news.what(), out);
        out.writeFloat(news.ratio());
    }

    static News readNews(DataInputView in) throws IOException {
        return new News(WireFormat.readString(in), WireFormat.readString(in), in.readFloat());
    }

    static void writeAttribution(Attribution attribution, DataOutputView out) throws IOException {
        out.writeInt(attribution.channel());
        out.writeFloat(attribution.expected());
        out.writeFloat(attribution.seen());
        out.writeFloat(attribution.sigma());
    }

    static Attribution readAttribution(DataInputView in) throws IOException {
        return new Attribution(in.readInt(), in.readFloat(), in.readFloat(), in.readFloat());
    }

    static void writeEvidence(Evidence evidence, DataOutputView out) throws IOException {
        WireFormat.writeString(evidence.kind(), out);
        out.writeInt(evidence.channel());
        out.writeFloat(evidence.digits());
    }

    static Evidence readEvidence(DataInputView in) throws IOException {
        return new Evidence(WireFormat.readString(in), in.readInt(), in.readFloat());
    }
}
