package io.oxbow.flink.event;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

final class AnomalyCodec implements EventCodec<Anomaly> {
    private static final Anomaly.Phase[] PHASES = Anomaly.Phase.values();

    @Override
    public String name() {
        return "anomaly";
    }

    @Override
    public Class<Anomaly> type() {
        return Anomaly.class;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Anomaly anomaly, DataOutputView out) throws IOException {
        WireFormat.writeString(anomaly.streamId(), out);
        WireFormat.writeString(anomaly.kind(), out);
        WireFormat.writeEnum(anomaly.phase(), out);
        out.writeLong(anomaly.openedAt());
        out.writeLong(anomaly.eventTime());
        out.writeFloat(anomaly.score());
        out.writeFloat(anomaly.pValue());
        WireFormat.writeList(anomaly.attribution(), EventParts::writeAttribution, out);
        WireFormat.writeString(anomaly.dedupKey(), out);
        WireFormat.writeString(anomaly.text(), out);
        WireFormat.writeList(anomaly.evidence(), EventParts::writeEvidence, out);
    }

    @Override
    public Anomaly read(int version, DataInputView in) throws IOException {
        return new Anomaly(
                WireFormat.readString(in),
                WireFormat.readString(in),
                WireFormat.readEnum(PHASES, in),
                in.readLong(),
                in.readLong(),
                in.readFloat(),
                in.readFloat(),
                WireFormat.readList(EventParts::readAttribution, in),
                WireFormat.readString(in),
                WireFormat.readString(in),
                version < 2 ? List.of() : WireFormat.readList(EventParts::readEvidence, in));
    }
}
