package io.oxbow.flink.summary;

import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.summary.QueryAnswerer.Content;
import io.oxbow.flink.summary.QueryAnswerer.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers about a range of the past: its curve, its peaks, how it compares. Single-threaded. */
final class HistoryAnswer {
    private static final int CELLS_BY_DEFAULT = 28;
    private static final int MOST_CELLS = 1000;
    private static final int TOLD_PEAKS = 3;

    private final MemoryPlan plan;
    private final ChannelNames names;
    private final Curves curves = new Curves();

    HistoryAnswer(MemoryPlan plan, ChannelNames names) {
        this.plan = plan;
        this.names = names;
    }

    /** The activity curve, figures, peaks and health of a remembered range. */
    Content curve(StreamMemory memory, Query query, Range range) {
        int index = spanFor(memory, range.from());
        SpanPlan spanPlan = plan.span(index);
        long step = resolution(query.resolutionMillis(), range.millis(), spanPlan.cellMillis());
        Range aligned = aligned(range, step);
        int cells = (int) (aligned.millis() / step);
        Timeline curve = curves.read(spanPlan, memory.span(index), aligned.from(), step, cells);
        CellCounters.Tally tally =
                memory.span(index).counters().tally(aligned.from(), aligned.to());
        Map<String, Double> figures = QueryAnswerer.figures();
        describe(figures, "", tally, new Range(aligned.from(), Math.min(aligned.to(), range.to())));
        float usual = memory.baseline().usual(aligned.from(), aligned.to());
        figures.put("usualActivity", (double) usual);
        figures.put("error", (double) curve.error());
        String text =
                query.streamId()
                        + ", "
                        + HumanText.range(aligned.from(), aligned.to())
                        + " UTC: "
                        + HumanText.counted(tally.events(), "event")
                        + ", activity averaged "
                        + HumanText.number(tally.mean())
                        + SummaryText.against(tally.mean(), usual)
                        + ". The curve's cells of "
                        + HumanText.duration(step)
                        + " are off by "
                        + HumanText.number(curve.error())
                        + " (root mean square).";
        return Content.ok(aligned, curve, figures, text)
                .with(
                        memory.recentPeaks().between(range.from(), range.to()),
                        memory.healthLog().touching(range.from(), range.to()));
    }

    /** The most unusual moments of a remembered range. */
    Content peaks(StreamMemory memory, Query query, Range range) {
        List<Peak> peaks = memory.recentPeaks().between(range.from(), range.to());
        List<String> told = new ArrayList<>();
        for (Peak peak : peaks.subList(0, Math.min(TOLD_PEAKS, peaks.size()))) {
            String where = peak.channel() < 0 ? "" : names.of(peak.channel()) + ", ";
            told.add(
                    HumanText.clockNear(peak.eventTime(), range.to())
                            + " ("
                            + where
                            + HumanText.rarity(peak.pValue())
                            + ")");
        }
        String text =
                peaks.isEmpty()
                        ? "Nothing stood out on " + query.streamId() + "."
                        : "Most unusual on " + query.streamId() + ": " + HumanText.list(told) + ".";
        Map<String, Double> figures = QueryAnswerer.figures();
        figures.put("peaks", (double) peaks.size());
        return Content.ok(range, Timeline.EMPTY, figures, text)
                .with(peaks, memory.healthLog().touching(range.from(), range.to()));
    }

    /** How a remembered range differs from another as long. */
    Content comparison(StreamMemory memory, Query query, Range range, Range reference) {
        int index = spanFor(memory, Math.min(range.from(), reference.from()));
        SpanPlan spanPlan = plan.span(index);
        CellCounters counters = memory.span(index).counters();
        Range now = aligned(range, spanPlan.cellMillis());
        Range then = aligned(reference, spanPlan.cellMillis());
        CellCounters.Tally tallyNow = counters.tally(now.from(), now.to());
        CellCounters.Tally tallyThen = counters.tally(then.from(), then.to());
        Map<String, Double> figures = QueryAnswerer.figures();
        describe(figures, "", tallyNow, now);
        describe(figures, "reference.", tallyThen, then);
        figures.put("activityRatio", (double) tallyNow.mean() / tallyThen.mean());
        long step = resolution(query.resolutionMillis(), now.millis(), spanPlan.cellMillis());
        Range curveRange = aligned(now, step);
        Timeline curve =
                curves.read(
                        spanPlan,
                        memory.span(index),
                        curveRange.from(),
                        step,
                        (int) (curveRange.millis() / step));
        String text =
                query.streamId()
                        + ": activity averaged "
                        + HumanText.number(tallyNow.mean())
                        + " with "
                        + HumanText.counted(tallyNow.events(), "event")
                        + " over "
                        + HumanText.range(now.from(), now.to())
                        + " UTC, against "
                        + HumanText.number(tallyThen.mean())
                        + " with "
                        + HumanText.counted(tallyThen.events(), "event")
                        + " over "
                        + HumanText.range(then.from(), then.to())
                        + " UTC.";
        return Content.ok(now, curve, figures, text)
                .with(
                        memory.recentPeaks().between(now.from(), now.to()),
                        memory.healthLog().touching(now.from(), now.to()));
    }

    private static void describe(
            Map<String, Double> figures, String prefix, CellCounters.Tally tally, Range range) {
        figures.put(prefix + "events", (double) tally.events());
        figures.put(prefix + "meanActivity", (double) tally.mean());
        figures.put(prefix + "maxActivity", (double) tally.max());
        figures.put(
                prefix + "coverage",
                Math.min(1, tally.coveredMillis() / (double) Math.max(1, range.millis())));
    }

    /** The shortest span that reaches back to {@code from}; the longest if none does. */
    private int spanFor(StreamMemory memory, long from) {
        for (int i = 0; i < plan.spanCount(); i++) {
            if (memory.span(i).counters().oldestFrom() <= from) {
                return i;
            }
        }
        return plan.spanCount() - 1;
    }

    /** The wanted width of a cell, made a multiple of the counters' cell and not too fine. */
    private static long resolution(long wanted, long range, long cellMillis) {
        long least = wanted > 0 ? Math.max(wanted, range / MOST_CELLS) : range / CELLS_BY_DEFAULT;
        return Math.max(cellMillis, Range.ceil(Math.min(least, range), cellMillis));
    }

    private static Range aligned(Range range, long grid) {
        return new Range(Range.floor(range.from(), grid), Range.ceil(range.to(), grid));
    }
}
