package io.oxbow.kafka;

import io.oxbow.flink.event.Query;

/** Questions. */
final class QueryMapping implements EventMapping<Query, io.oxbow.kafka.event.Query> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<io.oxbow.kafka.event.Query> type() {
        return EventTypes.QUERY;
    }

    @Override
    public io.oxbow.kafka.event.Query toRecord(Query value) {
        return new io.oxbow.kafka.event.Query(
                value.queryId(),
                value.streamId(),
                value.group(),
                value.kind(),
                value.from(),
                value.to(),
                value.referenceFrom(),
                value.resolutionMillis(),
                value.deadline(),
                value.eventTime(),
                value.replyTo());
    }

    @Override
    public Query toValue(io.oxbow.kafka.event.Query record) {
        return new Query(
                record.getQueryId(),
                record.getStreamId(),
                record.getGroup(),
                record.getKind(),
                record.getFrom(),
                record.getTo(),
                record.getReferenceFrom(),
                record.getResolutionMillis(),
                record.getDeadline(),
                record.getEventTime(),
                record.getReplyTo());
    }
}
