package io.oxbow.flink.event;

import java.util.List;

/**
 * What a stretch of a stream's time looked like.
 *
 * @param kind {@code hour}, {@code day} or {@code now}
 * @param to exclusive
 * @param asOf event time up to which the stream had been seen
 * @param stateVersion events absorbed up to {@code asOf}
 * @param events events of this stretch
 * @param coverage share of the stretch for which there were data, 0..1
 * @param peaks most unusual first
 * @param text one paragraph for people
 */
public record Summary(
        String streamId,
        String kind,
        long from,
        long to,
        long asOf,
        long stateVersion,
        long events,
        float coverage,
        Timeline activity,
        List<Peak> peaks,
        List<HealthInterval> health,
        String text) {
    public Summary {
        peaks = List.copyOf(peaks);
        health = List.copyOf(health);
    }
}
