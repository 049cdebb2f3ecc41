package io.oxbow.flink.summary;

import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.summary.AnswerContent.Range;
import io.oxbow.flink.summary.Curves.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers about a range of the past: its curves, its peaks, how it compares. Single-threaded. */
final class HistoryAnswer {
    private static final int CELLS_BY_DEFAULT = 28;
    private static final int MOST_CELLS = 1000;
    private static final int TOLD_PEAKS = 3;

    /** A moment up to this p-value is worth telling in a summary asked for. */
    private static final double NOTABLE = 1e-3;

    private final MemoryPlan plan;
    private final Curves curves;
    private final SummaryWriter summaries;

    HistoryAnswer(SummarySettings settings, MemoryPlan plan) {
        this.plan = plan;
        this.curves = new Curves(settings, plan);
        this.summaries = new SummaryWriter(settings, plan);
    }

    /** The curves, figures, peaks and health of a remembered range. */
    AnswerContent curve(StreamMemory memory, Query query, Range range) {
        int index = spanFor(memory, range.from());
        Cells cells = cells(query, range, index);
        Range shown = new Range(cells.from(), cells.to());
        Timeline activity = curves.read(memory, index, MemoryPlan.ACTIVITY, cells);
        Map<String, Double> figures = AnswerContent.newFigures();
        float mean = describe(figures, "", memory, index, activity, range);
        float usual = memory.baseline().usual(shown.from(), shown.to());
        figures.put("usualActivity", (double) usual);
        figures.put("error", (double) activity.error());
        figures.put("bound", (double) activity.bound());
        String text =
                query.streamId()
                        + ", "
                        + HumanText.range(shown.from(), shown.to())
                        + " UTC: "
                        + events(figures, "")
                        + "activity averaged "
                        + HumanText.number(mean)
                        + SummaryText.against(mean, usual)
                        + ". The curve's cells of "
                        + HumanText.duration(cells.stepMillis())
                        + " are off by "
                        + HumanText.number(activity.error())
                        + " (root mean square), nine in ten by "
                        + HumanText.number(activity.bound())
                        + " at most.";
        return AnswerContent.ok(shown, figures, text)
                .withCurves(
                        activity,
                        curves.read(memory, index, MemoryPlan.NOVELTY, cells),
                        curves.channels(memory, index, cells))
                .with(
                        peaksOf(memory, range),
                        memory.healthLog().touching(range.from(), range.to()));
    }

    /** One paragraph about a range, as a window's summary has it. */
    AnswerContent summary(StreamMemory memory, Query query, Range range) {
        int index = spanFor(memory, range.from());
        if (index == Curves.ALL_TIME) {
            return curve(memory, query, range);
        }
        Cells cells = cells(query, range, index);
        Summary told = summaries.onDemand(memory, query.streamId(), index, cells, NOTABLE);
        Map<String, Double> figures = AnswerContent.newFigures();
        figures.put("events", (double) told.events());
        figures.put("coverage", (double) told.coverage());
        figures.put("meanActivity", (double) told.meanActivity());
        figures.put("usualActivity", (double) told.usualActivity());
        figures.put("yesterdayActivity", (double) told.yesterdayActivity());
        figures.put("dailyRhythm", (double) told.dailyRhythm());
        figures.put("weeklyRhythm", (double) told.weeklyRhythm());
        return AnswerContent.ok(new Range(told.from(), told.to()), figures, told.text())
                .withCurves(told.activity(), told.novelty(), told.channels())
                .with(told.peaks(), told.health());
    }

    /** The most unusual moments of a remembered range. */
    AnswerContent peaks(StreamMemory memory, Query query, Range range) {
        List<Peak> peaks = peaksOf(memory, range);
        List<String> told = new ArrayList<>();
        for (Peak peak : peaks.subList(0, Math.min(TOLD_PEAKS, peaks.size()))) {
            told.add(SummaryText.moment(peak, range.to()));
        }
        String text =
                peaks.isEmpty()
                        ? "Nothing stood out on " + query.streamId() + "."
                        : "Most unusual on " + query.streamId() + ": " + HumanText.list(told) + ".";
        Map<String, Double> figures = AnswerContent.newFigures();
        figures.put("peaks", (double) peaks.size());
        if (!peaks.isEmpty()) {
            figures.put("lowestPValue", (double) peaks.get(0).pValue());
        }
        return AnswerContent.ok(range, figures, text)
                .with(peaks, memory.healthLog().touching(range.from(), range.to()));
    }

    /** How a remembered range differs from another as long. */
    AnswerContent comparison(StreamMemory memory, Query query, Range range, Range reference) {
        int index = spanFor(memory, Math.min(range.from(), reference.from()));
        long grid = gridOf(index);
        Range now = range.aligned(grid);
        Range then = reference.aligned(grid);
        Cells cells = cells(query, now, index);
        Timeline curve = curves.read(memory, index, MemoryPlan.ACTIVITY, cells);
        Timeline before =
                curves.read(memory, index, MemoryPlan.ACTIVITY, cells(query, then, index));
        Map<String, Double> figures = AnswerContent.newFigures();
        float meanNow = describe(figures, "", memory, index, curve, now);
        float meanThen = describe(figures, "reference.", memory, index, before, then);
        figures.put("activityRatio", (double) meanNow / meanThen);
        String text =
                query.streamId()
                        + ": "
                        + events(figures, "")
                        + "activity averaged "
                        + HumanText.number(meanNow)
                        + " over "
                        + HumanText.range(now.from(), now.to())
                        + " UTC, against "
                        + events(figures, "reference.")
                        + "averaging "
                        + HumanText.number(meanThen)
                        + " over "
                        + HumanText.range(then.from(), then.to())
                        + " UTC.";
        return AnswerContent.ok(now, figures, text)
                .withCurves(
                        curve,
                        curves.read(memory, index, MemoryPlan.NOVELTY, cells),
                        curves.channels(memory, index, cells))
                .with(peaksOf(memory, now), memory.healthLog().touching(now.from(), now.to()));
    }

    private List<Peak> peaksOf(StreamMemory memory, Range range) {
        return memory.recentPeaks().between(range.from(), range.to(), curves.meaning(memory));
    }

    /** {@code 360 events, }; empty where their number is not remembered. */
    private static String events(Map<String, Double> figures, String prefix) {
        Double events = figures.get(prefix + "events");
        return events == null ? "" : HumanText.counted(events.longValue(), "event") + ", ";
    }

    /**
     * Adds the figures of a range: exact ones where counters are left, else those of the curve.
     *
     * @return its mean activity
     */
    private float describe(
            Map<String, Double> figures,
            String prefix,
            StreamMemory memory,
            int index,
            Timeline curve,
            Range range) {
        if (index == Curves.ALL_TIME) {
            float mean = mean(curve.values());
            figures.put(prefix + "meanActivity", (double) mean);
            return mean;
        }
        Range aligned = range.aligned(gridOf(index));
        CellCounters.Tally tally =
                memory.span(index).counters().tally(aligned.from(), aligned.to());
        long asked = Math.max(1, Math.min(aligned.to(), range.to()) - aligned.from());
        figures.put(prefix + "events", (double) tally.events());
        figures.put(prefix + "meanActivity", (double) tally.mean());
        figures.put(prefix + "maxActivity", (double) tally.max(MemoryPlan.ACTIVITY));
        figures.put(prefix + "meanNovelty", (double) tally.mean(MemoryPlan.NOVELTY));
        figures.put(prefix + "maxNovelty", (double) tally.max(MemoryPlan.NOVELTY));
        figures.put(prefix + "coverage", Math.min(1, tally.coveredMillis() / (double) asked));
        return tally.mean();
    }

    private static float mean(float[] values) {
        double sum = 0;
        int known = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? Float.NaN : (float) (sum / known);
    }

    /** The shortest span that reaches back to {@code from}; all time if none does. */
    private int spanFor(StreamMemory memory, long from) {
        for (int i = 0; i < plan.spanCount(); i++) {
            CellCounters counters = memory.span(i).counters();
            boolean hasAll = memory.firstEventTime() >= counters.oldestFrom();
            if (hasAll || counters.oldestFrom() <= from) {
                return i;
            }
        }
        return Curves.ALL_TIME;
    }

    private long gridOf(int index) {
        return index == Curves.ALL_TIME ? HistoryMemory.STEP_MILLIS : plan.span(index).cellMillis();
    }

    /** Cells as wide as asked for, made a multiple of the grid and not too many. */
    private Cells cells(Query query, Range range, int index) {
        long grid = gridOf(index);
        long wanted = query.resolutionMillis();
        long least =
                wanted > 0
                        ? Math.max(wanted, range.millis() / MOST_CELLS)
                        : range.millis() / CELLS_BY_DEFAULT;
        long step = Math.max(grid, Range.ceil(Math.min(least, range.millis()), grid));
        Range aligned = range.aligned(step);
        return new Cells(aligned.from(), step, (int) (aligned.millis() / step));
    }
}
