package io.oxbow.flink.event;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Something unusual began or ended.
 *
 * @param kind {@code novelty}, {@code state-reset}, or a {@link Health} in lower case
 * @param phase whether it opens or closes; an instantaneous one only opens
 * @param openedAt when it began, event time; with the kind it names the anomaly within its stream
 * @param eventTime when it was found to open or close, event time
 * @param score highest score so far
 * @param pValue lowest p-value so far
 * @param attribution the channels that surprised most at its height, most surprising first
 * @param dedupKey the same for all records of one anomaly
 * @param text one sentence for people
 * @param evidence what it rests on, the strongest first
 */
@TypeInfo(EventTypeInfoFactory.class)
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
        String text,
        List<Evidence> evidence) {

    /** The constants' order is part of the wire format. */
    public enum Phase {
        OPEN,
        CLOSE
    }

    public Anomaly {
        attribution = List.copyOf(attribution);
        evidence = List.copyOf(evidence);
    }
}
