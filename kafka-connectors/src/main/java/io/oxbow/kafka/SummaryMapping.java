package io.oxbow.kafka;

import io.oxbow.flink.event.Summary;

/** What stretches of time looked like. */
final class SummaryMapping implements EventMapping<Summary, io.oxbow.kafka.event.Summary> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<io.oxbow.kafka.event.Summary> type() {
        return EventTypes.SUMMARY;
    }

    @Override
    public io.oxbow.kafka.event.Summary toRecord(Summary value) {
        return new io.oxbow.kafka.event.Summary(
                value.streamId(),
                value.to(),
                value.kind(),
                value.from(),
                value.to(),
                value.asOf(),
                value.stateVersion(),
                value.events(),
                value.coverage(),
                value.meanActivity(),
                value.usualActivity(),
                value.yesterdayActivity(),
                value.dailyRhythm(),
                value.weeklyRhythm(),
                EventParts.timeline(value.activity()),
                EventParts.timeline(value.novelty()),
                EventParts.map(value.channels(), EventParts::channelCurve),
                EventParts.stretch(value.busiest()),
                EventParts.stretch(value.quietest()),
                EventParts.map(value.peaks(), EventParts::peak),
                EventParts.map(value.health(), EventParts::interval),
                EventParts.map(value.news(), EventParts::news),
                value.text());
    }

    @Override
    public Summary toValue(io.oxbow.kafka.event.Summary record) {
        return new Summary(
                record.getStreamId(),
                record.getKind(),
                record.getFrom(),
                record.getTo(),
                record.getAsOf(),
                record.getStateVersion(),
                record.getEvents(),
                record.getCoverage(),
                record.getMeanActivity(),
                record.getUsualActivity(),
                record.getYesterdayActivity(),
                record.getDailyRhythm(),
                record.getWeeklyRhythm(),
                EventParts.timeline(record.getActivity()),
                EventParts.timeline(record.getNovelty()),
                EventParts.map(record.getChannels(), EventParts::channelCurve),
                EventParts.stretch(record.getBusiest()),
                EventParts.stretch(record.getQuietest()),
                EventParts.map(record.getPeaks(), EventParts::peak),
                EventParts.map(record.getHealth(), EventParts::interval),
                EventParts.map(record.getNews(), EventParts::news),
                record.getText());
    }
}
