package io.oxbow.flink.event;

import java.util.List;

/**
 * Something unusual began or ended.
 *
 * @param kind {@code novelty}, {@code state-reset}, or a {@link Health} in lower case
 * @param phase whether it opens or closes; an instantaneous one only opens
 * @param openedAt event time of the first event of it
 * @param eventTime event time of the event that made this record
 * @param score highest score so far
 * @param pValue lowest p-value so far
 * @param dedupKey the same for all records of one anomaly
 * @param text one sentence for people
 */
public record Anomaly(
        String streamId,
        String kind,
        Phase phase,
        long openedAt,
        long eventTime,
        float score,
        float pValue,
        List<Attribution> attribution,
        String dedupKey,
        String text) {

    /** The constants' order is part of the wire format. */
    public enum Phase {
        OPEN,
        CLOSE
    }

    public Anomaly {
        attribution = List.copyOf(attribution);
    }
}
