package io.oxbow.flink.summary;

import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The content of an answer, before it is addressed. */
record AnswerContent(
        String status,
        long from,
        long to,
        Timeline activity,
        Timeline novelty,
        List<ChannelCurve> channels,
        List<Peak> peaks,
        List<HealthInterval> health,
        Map<String, Double> figures,
        String text) {

    static AnswerContent refusal(String status, Query query, String text) {
        return new AnswerContent(
                status,
                query.from(),
                query.to(),
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                text);
    }

    static AnswerContent ok(Range range, Map<String, Double> figures, String text) {
        return new AnswerContent(
                "ok",
                range.from(),
                range.to(),
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                figures,
                text);
    }

    AnswerContent withCurves(Timeline itsActivity, Timeline itsNovelty, List<ChannelCurve> some) {
        return new AnswerContent(
                status, from, to, itsActivity, itsNovelty, some, peaks, health, figures, text);
    }

    AnswerContent with(List<Peak> somePeaks, List<HealthInterval> someHealth) {
        return new AnswerContent(
                status,
                from,
                to,
                activity,
                novelty,
                channels,
                somePeaks,
                someHealth,
                figures,
                text);
    }

    /** A new map for figures, in the order of their names. */
    static Map<String, Double> newFigures() {
        return new TreeMap<>();
    }

    /** A stretch of time; {@code to} is exclusive. */
    record Range(long from, long to) {
        long millis() {
            return to - from;
        }

        /** The smallest range on the grid that holds this one. */
        Range aligned(long grid) {
            return new Range(floor(from, grid), ceil(to, grid));
        }

        /** The last multiple of {@code grid} at or before a time. */
        static long floor(long time, long grid) {
            return time - Math.floorMod(time, grid);
        }

        /** The first multiple of {@code grid} at or after a time. */
        static long ceil(long time, long grid) {
            return time + Math.floorMod(-time, grid);
        }
    }
}
