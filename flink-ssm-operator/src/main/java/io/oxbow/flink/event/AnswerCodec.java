package io.oxbow.flink.event;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class AnswerCodec implements EventCodec<Answer> {

    @Override
    public String name() {
        return "answer";
    }

    @Override
    public Class<Answer> type() {
        return Answer.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Answer answer, DataOutputView out) throws IOException {
        WireFormat.writeString(answer.queryId(), out);
        WireFormat.writeString(answer.streamId(), out);
        WireFormat.writeString(answer.group(), out);
        WireFormat.writeString(answer.kind(), out);
        WireFormat.writeString(answer.status(), out);
        out.writeLong(answer.from());
        out.writeLong(answer.to());
        out.writeLong(answer.asOf());
        out.writeLong(answer.stateVersion());
        EventParts.writeTimeline(answer.activity(), out);
        EventParts.writeTimeline(answer.novelty(), out);
        WireFormat.writeList(answer.channels(), EventParts::writeChannelCurve, out);
        WireFormat.writeList(answer.peaks(), EventParts::writePeak, out);
        WireFormat.writeList(answer.health(), EventParts::writeHealthInterval, out);
        WireFormat.writeList(answer.ranking(), EventParts::writeRankedStream, out);
        WireFormat.writeList(answer.missing(), WireFormat::writeString, out);
        writeFigures(answer.figures(), out);
        WireFormat.writeString(answer.text(), out);
        WireFormat.writeString(answer.replyTo(), out);
    }

    @Override
    public Answer read(int version, DataInputView in) throws IOException {
        return new Answer(
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                EventParts.readTimeline(in),
                EventParts.readTimeline(in),
                WireFormat.readList(EventParts::readChannelCurve, in),
                WireFormat.readList(EventParts::readPeak, in),
                WireFormat.readList(EventParts::readHealthInterval, in),
                WireFormat.readList(EventParts::readRankedStream, in),
                WireFormat.readList(WireFormat::readString, in),
                readFigures(in),
                WireFormat.readString(in),
                WireFormat.readString(in));
    }

    private static void writeFigures(Map<String, Double> figures, DataOutputView out)
            throws IOException {
        WireFormat.writeLength(figures.size(), WireFormat.MAX_ELEMENTS, out);
        for (Map.Entry<String, Double> figure : figures.entrySet()) {
            WireFormat.writeString(figure.getKey(), out);
            out.writeDouble(figure.getValue());
        }
    }

    private static Map<String, Double> readFigures(DataInputView in) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        for (int left = WireFormat.readLength(WireFormat.MAX_ELEMENTS, in); left > 0; left--) {
            figures.put(WireFormat.readString(in), in.readDouble());
        }
        return figures;
    }
}
