package io.oxbow.flink.summary;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers questions from a stream's memory as it is at that moment, and changes nothing. There is
 * no other source: what the memory does not hold is out of range. Single-threaded.
 */
final class QueryAnswerer {
    private static final List<String> KINDS =
            List.of("status", "history", "peaks", "compare", "baseline", "forecast");

    private final MemoryPlan plan;
    private final StatusAnswer status;
    private final HistoryAnswer history;
    private final BaselineAnswer baseline;

    QueryAnswerer(SummarySettings settings, MemoryPlan plan) {
        this.plan = plan;
        this.status = new StatusAnswer(plan);
        this.history = new HistoryAnswer(plan, new ChannelNames(settings.channelNames()));
        this.baseline = new BaselineAnswer();
    }

    /** The content of an answer, before it is addressed. */
    record Content(
            String status,
            long from,
            long to,
            Timeline activity,
            List<Peak> peaks,
            List<HealthInterval> health,
            Map<String, Double> figures,
            String text) {

        static Content refusal(String status, Query query, String text) {
            return new Content(
                    status,
                    query.from(),
                    query.to(),
                    Timeline.EMPTY,
                    List.of(),
                    List.of(),
                    Map.of(),
                    text);
        }

        static Content ok(
                Range range, Timeline activity, Map<String, Double> figures, String text) {
            return new Content(
                    "ok", range.from(), range.to(), activity, List.of(), List.of(), figures, text);
        }

        Content with(List<Peak> somePeaks, List<HealthInterval> someHealth) {
            return new Content(status, from, to, activity, somePeaks, someHealth, figures, text);
        }
    }

    /** A stretch of time; {@code to} is exclusive. */
    record Range(long from, long to) {
        long millis() {
            return to - from;
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

    /**
     * @param memory the stream's, or null if it has none
     * @param watermark no event before it will come
     */
    Answer answer(StreamMemory memory, Query query, long watermark) {
        boolean known = memory != null && memory.lastEventTime() != StreamMemory.NONE;
        Content content = known ? content(memory, query, watermark) : unknown(query, watermark);
        return new Answer(
                query.queryId(),
                query.streamId(),
                query.kind(),
                content.status(),
                content.from(),
                content.to(),
                known ? memory.lastEventTime() : 0,
                known ? memory.stateVersion() : 0,
                content.activity(),
                content.peaks(),
                content.health(),
                content.figures(),
                content.text(),
                query.replyTo());
    }

    private Content unknown(Query query, long watermark) {
        Content refusal = refusal(query, watermark);
        return refusal != null
                ? refusal
                : Content.refusal(
                        "unknown-stream",
                        query,
                        "No event of a stream called '" + query.streamId() + "' has been seen.");
    }

    private static Content refusal(Query query, long watermark) {
        long deadline = query.deadline();
        if (deadline != 0 && (deadline < query.eventTime() || deadline < watermark)) {
            return Content.refusal(
                    "overdue",
                    query,
                    "The question arrived after its deadline of "
                            + HumanText.moment(deadline)
                            + ".");
        }
        if (!KINDS.contains(query.kind())) {
            return Content.refusal(
                    "unknown-kind",
                    query,
                    "A question of kind '"
                            + query.kind()
                            + "' is not known; ask for "
                            + String.join(", ", KINDS)
                            + ".");
        }
        return null;
    }

    private Content content(StreamMemory memory, Query query, long watermark) {
        Content refusal = refusal(query, watermark);
        if (refusal != null) {
            return refusal;
        }
        if (!(possible(query.from()) && possible(query.to()) && possible(query.referenceFrom()))) {
            return outOfRange(memory, query);
        }
        switch (query.kind()) {
            case "status":
                return status.of(memory, query.streamId());
            case "baseline":
                return baseline.usual(memory, query);
            case "forecast":
                return baseline.forecast(memory, query);
            default:
                Range range = remembered(memory, query.from(), query.to());
                return range == null ? outOfRange(memory, query) : ofRange(memory, query, range);
        }
    }

    private Content ofRange(StreamMemory memory, Query query, Range range) {
        switch (query.kind()) {
            case "history":
                return history.curve(memory, query, range);
            case "peaks":
                return history.peaks(memory, query, range);
            default:
                long before = query.referenceFrom();
                if (before == 0) {
                    before = range.from() - SpanPlan.DAY;
                }
                Range reference = remembered(memory, before, before + range.millis());
                return reference == null || reference.millis() < range.millis()
                        ? outOfRange(memory, query)
                        : history.comparison(memory, query, range, reference);
        }
    }

    /**
     * The part of {@code [from, to)} that is remembered, or null if there is none; an end of 0 is
     * open, and with both open it is the last day.
     */
    private Range remembered(StreamMemory memory, long from, long to) {
        long present = memory.lastEventTime() + 1;
        long oldest = oldest(memory);
        long end = to == 0 ? present : Math.min(to, present);
        long start = from == 0 ? Math.max(oldest, end - SpanPlan.DAY) : Math.max(from, oldest);
        return start < end ? new Range(start, end) : null;
    }

    private static boolean possible(long time) {
        return time >= StreamMemory.EARLIEST && time <= StreamMemory.LATEST;
    }

    private long oldest(StreamMemory memory) {
        CellCounters longest = memory.span(plan.spanCount() - 1).counters();
        return Math.max(memory.firstEventTime(), longest.oldestFrom());
    }

    private Content outOfRange(StreamMemory memory, Query query) {
        return Content.refusal(
                "out-of-range",
                query,
                query.streamId()
                        + " is remembered from "
                        + HumanText.moment(oldest(memory))
                        + " to "
                        + HumanText.moment(memory.lastEventTime())
                        + " UTC; what was asked for lies outside.");
    }

    /** A new map for figures, in the order of their names. */
    static Map<String, Double> figures() {
        return new TreeMap<>();
    }
}
