package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.summary.Curves.Cells;
import java.util.List;

/**
 * Makes the {@link Summary} of a stretch of time from the memory as it is, which for a window is as
 * of the window's end. Single-threaded.
 */
final class SummaryWriter {
    private final MemoryPlan plan;
    private final SummaryText text = new SummaryText();
    private final Curves curves;
    private final NewsWriter news;

    SummaryWriter(SummarySettings settings, MemoryPlan plan) {
        this.plan = plan;
        this.curves = new Curves(settings, plan);
        this.news = new NewsWriter(plan);
    }

    /**
     * The summary of the open window of one span, to whose end the span has been advanced.
     *
     * @param notable p-value up to which a moment is worth telling people
     */
    Summary ofWindow(StreamMemory memory, String streamId, int index, double notable) {
        SpanPlan spanPlan = plan.span(index);
        SpanMemory span = memory.span(index);
        long from = span.windowTo() - spanPlan.millis();
        int cells = spanPlan.curveCells();
        List<Peak> peaks = span.peaks().between(from, span.windowTo(), curves.meaning(memory));
        return write(
                memory,
                streamId,
                spanPlan.kind(),
                index,
                new Cells(from, spanPlan.millis() / cells, cells),
                peaks,
                notable);
    }

    /**
     * The summary of any stretch that one span's counters hold.
     *
     * @param cells on the grid of the counters
     */
    Summary onDemand(StreamMemory memory, String streamId, int index, Cells cells, double notable) {
        List<Peak> peaks =
                memory.recentPeaks().between(cells.from(), cells.to(), curves.meaning(memory));
        return write(memory, streamId, "on-demand", index, cells, peaks, notable);
    }

    private Summary write(
            StreamMemory memory,
            String streamId,
            String kind,
            int index,
            Cells cells,
            List<Peak> peaks,
            double notable) {
        long from = cells.from();
        long to = cells.to();
        CellCounters counters = memory.span(index).counters();
        CellCounters.Tally tally = counters.tally(from, to);
        CellCounters.Tally yesterday = news.yesterday(memory, from, to);
        VectorMeaning meaning = curves.meaning(memory);
        Stretch busiest = extreme(counters, cells, 1);
        List<News> changes =
                yesterday == null || tally.events() == 0
                        ? List.of()
                        : news.write(
                                memory, meaning, from, to, tally, yesterday, peaks, busiest,
                                notable);
        Timeline activity = curves.read(memory, index, MemoryPlan.ACTIVITY, cells);
        Summary untold =
                new Summary(
                        streamId,
                        kind,
                        from,
                        to,
                        memory.lastEventTime(),
                        memory.totals().stateVersion(),
                        tally.events(),
                        (float) (tally.coveredMillis() / (double) (to - from)),
                        tally.mean(),
                        memory.baseline().usual(from, to),
                        yesterday == null ? Float.NaN : yesterday.mean(),
                        Periodicity.daily(
                                memory.span(plan.week()).counters(),
                                to - Math.floorMod(to, SpanPlan.HOUR)),
                        memory.baseline().weeklyRhythm(),
                        activity,
                        curves.read(memory, index, MemoryPlan.NOVELTY, cells),
                        curves.channels(memory, index, cells),
                        busiest,
                        extreme(counters, cells, -1),
                        peaks,
                        memory.healthLog().touching(from, to),
                        changes,
                        "");
        return withText(
                untold, text.paragraph(untold, notable, memory.totals().judgedEvents() > 0));
    }

    /** The cell whose exact mean, times {@code sign}, is highest; the first of equals. */
    private static Stretch extreme(CellCounters counters, Cells cells, int sign) {
        Stretch extreme = Stretch.NONE;
        int known = 0;
        for (int c = 0; c < cells.count(); c++) {
            long from = cells.from() + c * cells.stepMillis();
            float mean = counters.tally(from, from + cells.stepMillis()).mean();
            if (Float.isNaN(mean)) {
                continue;
            }
            known++;
            if (known == 1 || sign * mean > sign * extreme.activity()) {
                extreme = new Stretch(from, from + cells.stepMillis(), mean);
            }
        }
        return known < 2 ? Stretch.NONE : extreme;
    }

    private static Summary withText(Summary s, String text) {
        return new Summary(
                s.streamId(),
                s.kind(),
                s.from(),
                s.to(),
                s.asOf(),
                s.stateVersion(),
                s.events(),
                s.coverage(),
                s.meanActivity(),
                s.usualActivity(),
                s.yesterdayActivity(),
                s.dailyRhythm(),
                s.weeklyRhythm(),
                s.activity(),
                s.novelty(),
                s.channels(),
                s.busiest(),
                s.quietest(),
                s.peaks(),
                s.health(),
                s.news(),
                text);
    }
}
