package io.oxbow.flink.event;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The answer to a {@link Query}, made from the stream's state alone: no event is read again, which
 * is why there is no count of re-read frames here and the wire format always says 0.
 *
 * @param streamId the stream, or for a group the group as it was asked for
 * @param group the group a question was fanned out for, or empty
 * @param status {@code ok}, or why there is no content: {@code unknown-stream}, {@code
 *     out-of-range}, {@code overdue}, {@code unknown-kind}; {@code partial} if not all of a group
 *     answered in time
 * @param activity what was asked for as a curve, or {@link Timeline#EMPTY}
 * @param novelty the anomaly score's curve over the same cells, or {@link Timeline#EMPTY}
 * @param channels curves of the remembered channels over the same cells
 * @param ranking for a group: its streams, first what matters most
 * @param missing for a group: the streams that did not answer in time
 * @param figures named numbers, for example {@code events}, {@code coverage}, {@code meanActivity}
 * @param text one paragraph for people
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Answer(
        String queryId,
        String streamId,
        String group,
        String kind,
        String status,
        long from,
        long to,
        long asOf,
        long stateVersion,
        Timeline activity,
        Timeline novelty,
        List<ChannelCurve> channels,
        List<Peak> peaks,
        List<HealthInterval> health,
        List<RankedStream> ranking,
        List<String> missing,
        Map<String, Double> figures,
        String text,
        String replyTo) {
    public Answer {
        peaks = List.copyOf(peaks);
        health = List.copyOf(health);
        channels = List.copyOf(channels);
        ranking = List.copyOf(ranking);
        missing = List.copyOf(missing);
        // Sorted, so that equal answers are equal bytes too.
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }

    /** The same answer with other curves of channels, figures and words. */
    public Answer with(List<ChannelCurve> channels, Map<String, Double> figures, String text) {
        return new Answer(
                queryId,
                streamId,
                group,
                kind,
                status,
                from,
                to,
                asOf,
                stateVersion,
                activity,
                novelty,
                channels,
                peaks,
                health,
                ranking,
                missing,
                figures,
                text,
                replyTo);
    }
}
