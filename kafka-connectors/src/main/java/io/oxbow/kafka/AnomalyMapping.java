package io.oxbow.kafka;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.kafka.event.AnomalyPhase;

/** What was unusual. */
final class AnomalyMapping implements EventMapping<Anomaly, io.oxbow.kafka.event.Anomaly> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<io.oxbow.kafka.event.Anomaly> type() {
        return EventTypes.ANOMALY;
    }

    @Override
    public io.oxbow.kafka.event.Anomaly toRecord(Anomaly value) {
        return new io.oxbow.kafka.event.Anomaly(
                value.streamId(),
                value.kind(),
                AnomalyPhase.valueOf(value.phase().name()),
                value.openedAt(),
                value.eventTime(),
                value.score(),
                value.pValue(),
                EventParts.map(value.attribution(), AnomalyMapping::toRecord),
                value.dedupKey(),
                value.text(),
                EventParts.map(value.evidence(), AnomalyMapping::toRecord));
    }

    @Override
    public Anomaly toValue(io.oxbow.kafka.event.Anomaly record) {
        return new Anomaly(
                record.getStreamId(),
                record.getKind(),
                Anomaly.Phase.valueOf(record.getPhase().name()),
                record.getOpenedAt(),
                record.getEventTime(),
                record.getScore(),
                record.getPValue(),
                EventParts.map(record.getAttribution(), AnomalyMapping::toValue),
                record.getDedupKey(),
                record.getText(),
                EventParts.map(record.getEvidence(), AnomalyMapping::toValue));
    }

    private static io.oxbow.kafka.event.Attribution toRecord(Attribution value) {
        return new io.oxbow.kafka.event.Attribution(
                value.channel(), value.expected(), value.seen(), value.sigma());
    }

    private static Attribution toValue(io.oxbow.kafka.event.Attribution record) {
        return new Attribution(
                record.getChannel(), record.getExpected(), record.getSeen(), record.getSigma());
    }

    private static io.oxbow.kafka.event.Evidence toRecord(Evidence value) {
        return new io.oxbow.kafka.event.Evidence(value.kind(), value.channel(), value.digits());
    }

    private static Evidence toValue(io.oxbow.kafka.event.Evidence record) {
        return new Evidence(record.getKind(), record.getChannel(), record.getDigits());
    }
}
