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
 * @param status {@code ok}, or why there is no content: {@code unknown-stream}, {@code
 *     out-of-range}, {@code overdue}, {@code unknown-kind}
 * @param activity what was asked for as a curve, or {@link Timeline#EMPTY}
 * @param figures named numbers, for example {@code events}, {@code coverage}, {@code meanActivity}
 * @param text one paragraph for people
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Answer(
        String queryId,
        String streamId,
        String kind,
        String status,
        long from,
        long to,
        long asOf,
        long stateVersion,
        Timeline activity,
        List<Peak> peaks,
        List<HealthInterval> health,
        Map<String, Double> figures,
        String text,
        String replyTo) {
    public Answer {
        peaks = List.copyOf(peaks);
        health = List.copyOf(health);
        // Sorted, so that equal answers are equal bytes too.
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
