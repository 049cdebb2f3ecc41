package io.oxbow.flink.summary;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.summary.AnswerContent.Range;
import java.util.List;

/**
 * Answers questions from a stream's memory as it is at that moment, and changes nothing. There is
 * no other source: what the memory does not hold is out of range. Single-threaded.
 */
final class QueryAnswerer {
    private static final List<String> KINDS =
            List.of("status", "history", "peaks", "compare", "baseline", "forecast", "summary");

    private final StatusAnswer status;
    private final HistoryAnswer history;
    private final BaselineAnswer baseline;

    QueryAnswerer(SummarySettings settings, MemoryPlan plan) {
        this.status = new StatusAnswer(settings, plan);
        this.history = new HistoryAnswer(settings, plan);
        this.baseline = new BaselineAnswer();
    }

    /**
     * @param memory the stream's, or null if it has none
     * @param now processing time, milliseconds since the epoch
     */
    Answer answer(StreamMemory memory, Query query, long now) {
        boolean known = memory != null && memory.lastEventTime() != StreamMemory.NONE;
        AnswerContent content = known ? content(memory, query, now) : unknown(query, now);
        return new Answer(
                query.queryId(),
                query.streamId(),
                query.group(),
                query.kind(),
                content.status(),
                content.from(),
                content.to(),
                known ? memory.lastEventTime() : 0,
                known ? memory.totals().stateVersion() : 0,
                content.activity(),
                content.novelty(),
                content.channels(),
                content.peaks(),
                content.health(),
                List.of(),
                List.of(),
                content.figures(),
                content.text(),
                query.replyTo());
    }

    private AnswerContent unknown(Query query, long now) {
        AnswerContent refusal = refusal(query, now);
        return refusal != null
                ? refusal
                : AnswerContent.refusal(
                        "unknown-stream",
                        query,
                        "No event of a stream called '" + query.streamId() + "' has been seen.");
    }

    private static AnswerContent refusal(Query query, long now) {
        long deadline = query.deadline();
        if (deadline != 0 && (deadline < query.eventTime() || deadline < now)) {
            return AnswerContent.refusal(
                    "overdue",
                    query,
                    "The question arrived after its deadline of "
                            + HumanText.moment(deadline)
                            + ".");
        }
        if (!KINDS.contains(query.kind())) {
            return AnswerContent.refusal(
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

    private AnswerContent content(StreamMemory memory, Query query, long now) {
        AnswerContent refusal = refusal(query, now);
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

    private AnswerContent ofRange(StreamMemory memory, Query query, Range range) {
        switch (query.kind()) {
            case "history":
                return history.curve(memory, query, range);
            case "summary":
                return history.summary(memory, query, range);
            case "peaks":
                return range.to() <= memory.lastEventTime() - SpanPlan.WEEK
                        ? outOfRange(memory, query)
                        : history.peaks(memory, query, range);
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
        long oldest = memory.firstEventTime();
        long end = to == 0 ? present : Math.min(to, present);
        long start = from == 0 ? Math.max(oldest, end - SpanPlan.DAY) : Math.max(from, oldest);
        return start < end ? new Range(start, end) : null;
    }

    private static boolean possible(long time) {
        return time >= StreamMemory.EARLIEST && time <= StreamMemory.LATEST;
    }

    private AnswerContent outOfRange(StreamMemory memory, Query query) {
        return AnswerContent.refusal(
                "out-of-range",
                query,
                query.streamId()
                        + " is remembered from "
                        + HumanText.moment(memory.firstEventTime())
                        + " to "
                        + HumanText.moment(memory.lastEventTime())
                        + " UTC"
                        + (query.kind().equals("peaks") ? ", its peaks for a week" : "")
                        + "; what was asked for lies outside.");
    }
}
