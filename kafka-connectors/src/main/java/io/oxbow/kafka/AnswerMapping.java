package io.oxbow.kafka;

import io.oxbow.flink.event.Answer;

/** Answers; they go to the topic that was asked for. Their figures are sorted by name already. */
final class AnswerMapping implements EventMapping<Answer, io.oxbow.kafka.event.Answer> {
    private static final long serialVersionUID = 1L;
    private static final int FRAMES_RE_READ = 0;

    @Override
    public EventType<io.oxbow.kafka.event.Answer> type() {
        return EventTypes.ANSWER;
    }

    @Override
    public String requestedTopic(Answer value) {
        return value.replyTo();
    }

    @Override
    public io.oxbow.kafka.event.Answer toRecord(Answer value) {
        return new io.oxbow.kafka.event.Answer(
                value.queryId(),
                value.streamId(),
                value.group(),
                value.asOf(),
                value.kind(),
                value.status(),
                value.from(),
                value.to(),
                value.asOf(),
                value.stateVersion(),
                FRAMES_RE_READ,
                EventParts.timeline(value.activity()),
                EventParts.timeline(value.novelty()),
                EventParts.map(value.channels(), EventParts::channelCurve),
                EventParts.map(value.peaks(), EventParts::peak),
                EventParts.map(value.health(), EventParts::interval),
                EventParts.map(value.ranking(), EventParts::ranked),
                value.missing(),
                value.figures(),
                value.text(),
                value.replyTo());
    }

    @Override
    public Answer toValue(io.oxbow.kafka.event.Answer record) {
        return new Answer(
                record.getQueryId(),
                record.getStreamId(),
                record.getGroup(),
                record.getKind(),
                record.getStatus(),
                record.getFrom(),
                record.getTo(),
                record.getAsOf(),
                record.getStateVersion(),
                EventParts.timeline(record.getActivity()),
                EventParts.timeline(record.getNovelty()),
                EventParts.map(record.getChannels(), EventParts::channelCurve),
                EventParts.map(record.getPeaks(), EventParts::peak),
                EventParts.map(record.getHealth(), EventParts::interval),
                EventParts.map(record.getRanking(), EventParts::ranked),
                record.getMissing(),
                record.getFigures(),
                record.getText(),
                record.getReplyTo());
    }
}
