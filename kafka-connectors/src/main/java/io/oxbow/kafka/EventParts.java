package io.oxbow.kafka;

import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The values that several events carry inside them, in both forms. */
final class EventParts {
    private EventParts() {}

    static io.oxbow.kafka.event.Health health(Health value) {
        return io.oxbow.kafka.event.Health.valueOf(value.name());
    }

    static Health health(io.oxbow.kafka.event.Health record) {
        return Health.valueOf(record.name());
    }

    static io.oxbow.kafka.event.Timeline timeline(Timeline value) {
        List<Float> cells = new ArrayList<>(value.values().length);
        for (float cell : value.values()) {
            cells.add(cell);
        }
        return new io.oxbow.kafka.event.Timeline(
                value.from(), value.stepMillis(), cells, value.error(), value.bound());
    }

    static Timeline timeline(io.oxbow.kafka.event.Timeline record) {
        float[] cells = new float[record.getValues().size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = record.getValues().get(i);
        }
        return new Timeline(
                record.getFrom(),
                record.getStepMillis(),
                cells,
                record.getError(),
                record.getBound());
    }

    static io.oxbow.kafka.event.Stretch stretch(Stretch value) {
        return new io.oxbow.kafka.event.Stretch(value.from(), value.to(), value.activity());
    }

    static Stretch stretch(io.oxbow.kafka.event.Stretch record) {
        return new Stretch(record.getFrom(), record.getTo(), record.getActivity());
    }

    static io.oxbow.kafka.event.Peak peak(Peak value) {
        return new io.oxbow.kafka.event.Peak(
                value.eventTime(), value.score(), value.pValue(), value.channel(), value.where());
    }

    static Peak peak(io.oxbow.kafka.event.Peak record) {
        return new Peak(
                record.getEventTime(),
                record.getScore(),
                record.getPValue(),
                record.getChannel(),
                record.getWhere());
    }

    static io.oxbow.kafka.event.HealthInterval interval(HealthInterval value) {
        return new io.oxbow.kafka.event.HealthInterval(
                health(value.kind()), value.from(), value.to());
    }

    static HealthInterval interval(io.oxbow.kafka.event.HealthInterval record) {
        return new HealthInterval(health(record.getKind()), record.getFrom(), record.getTo());
    }

    static io.oxbow.kafka.event.ChannelCurve channelCurve(ChannelCurve value) {
        return new io.oxbow.kafka.event.ChannelCurve(
                value.channel(), value.name(), timeline(value.curve()));
    }

    static ChannelCurve channelCurve(io.oxbow.kafka.event.ChannelCurve record) {
        return new ChannelCurve(record.getChannel(), record.getName(), timeline(record.getCurve()));
    }

    static io.oxbow.kafka.event.RankedStream ranked(RankedStream value) {
        return new io.oxbow.kafka.event.RankedStream(
                value.streamId(), value.status(), value.rank(), value.asOf(), value.text());
    }

    static RankedStream ranked(io.oxbow.kafka.event.RankedStream record) {
        return new RankedStream(
                record.getStreamId(),
                record.getStatus(),
                record.getRank(),
                record.getAsOf(),
                record.getText());
    }

    static io.oxbow.kafka.event.News news(News value) {
        return new io.oxbow.kafka.event.News(value.kind(), value.what(), value.ratio());
    }

    static News news(io.oxbow.kafka.event.News record) {
        return new News(record.getKind(), record.getWhat(), record.getRatio());
    }

    static <A, B> List<B> map(List<A> items, Function<A, B> mapping) {
        List<B> mapped = new ArrayList<>(items.size());
        for (A item : items) {
            mapped.add(mapping.apply(item));
        }
        return mapped;
    }
}
