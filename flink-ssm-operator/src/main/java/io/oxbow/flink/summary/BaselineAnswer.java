package io.oxbow.flink.summary;

import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.summary.AnswerContent.Range;
import java.util.List;
import java.util.Map;

/**
 * Answers what is usual, and what is therefore to be expected, from the hour-of-week baseline.
 * Hours of which nothing is known are NaN.
 */
final class BaselineAnswer {

    /** What is usual over a range, of the last event's day if none is given. */
    AnswerContent usual(StreamMemory memory, Query query) {
        long day = Range.floor(memory.lastEventTime(), SpanPlan.DAY);
        return of(memory, query, day, "Usual activity of " + query.streamId());
    }

    /** What is to be expected over a range, the 24 hours after the last event if none is given. */
    AnswerContent forecast(StreamMemory memory, Query query) {
        if (query.to() != 0 && query.to() <= memory.lastEventTime()) {
            return AnswerContent.refusal(
                    "out-of-range",
                    query,
                    "A forecast is of the time after "
                            + HumanText.moment(memory.lastEventTime())
                            + " UTC.");
        }
        return of(
                memory,
                query,
                memory.lastEventTime(),
                "Expected activity of " + query.streamId() + ", by what is usual,");
    }

    private static AnswerContent of(StreamMemory memory, Query query, long start, String what) {
        long from = Range.floor(query.from() == 0 ? start : query.from(), SpanPlan.HOUR);
        long longest = from + WeekBaseline.HOURS * SpanPlan.HOUR;
        long to = query.to() == 0 ? from + SpanPlan.DAY : Math.min(query.to(), longest);
        int hours = (int) (Range.ceil(to - from, SpanPlan.HOUR) / SpanPlan.HOUR);
        if (hours < 1) {
            return AnswerContent.refusal(
                    "out-of-range", query, "The range asked for ends before it begins.");
        }
        Range range = new Range(from, from + hours * SpanPlan.HOUR);
        WeekBaseline baseline = memory.baseline();
        float[] values = new float[hours];
        int weeks = Integer.MAX_VALUE;
        double squares = 0;
        int spreads = 0;
        for (int h = 0; h < hours; h++) {
            long hour = from + h * SpanPlan.HOUR;
            values[h] = baseline.usual(hour);
            weeks = Math.min(weeks, baseline.weeks(hour));
            float deviation = baseline.deviation(hour);
            if (!Float.isNaN(deviation)) {
                squares += (double) deviation * deviation;
                spreads++;
            }
        }
        float usual = baseline.usual(range.from(), range.to());
        Map<String, Double> figures = AnswerContent.newFigures();
        figures.put("usualActivity", (double) usual);
        figures.put("deviation", spreads == 0 ? Double.NaN : Math.sqrt(squares / spreads));
        figures.put("weeks", (double) weeks);
        float error = baseline.forecastError();
        figures.put("error", (double) error);
        String mean =
                Float.isNaN(usual)
                        ? " is not known yet: its first day is not over."
                        : " is " + HumanText.number(usual) + " on average" + off(error) + ".";
        String text = what + " over " + HumanText.range(range.from(), range.to()) + " UTC" + mean;
        Timeline curve = new Timeline(from, SpanPlan.HOUR, values, error, Float.NaN);
        return AnswerContent.ok(range, figures, text).withCurves(curve, Timeline.EMPTY, List.of());
    }

    private static String off(float error) {
        return Float.isNaN(error)
                ? ""
                : "; hours were off by "
                        + HumanText.number(error)
                        + " from what was usual before them (root mean square, up to two weeks)";
    }
}
