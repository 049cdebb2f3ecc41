package io.oxbow.flink.summary;

import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.summary.AnswerContent.Range;
import io.oxbow.flink.summary.Curves.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers how a stream is right now. Single-threaded. */
final class StatusAnswer {
    private final MemoryPlan plan;
    private final Curves curves;

    StatusAnswer(SummarySettings settings, MemoryPlan plan) {
        this.plan = plan;
        this.curves = new Curves(settings, plan);
    }

    AnswerContent of(StreamMemory memory, String streamId) {
        SpanPlan dayPlan = plan.span(plan.day());
        SpanMemory day = memory.span(plan.day());
        long cell = dayPlan.cellMillis();
        long to = Range.floor(memory.lastEventTime(), cell) + cell;
        Range hour = new Range(to - SpanPlan.HOUR, to);
        CellCounters.Tally tally = day.counters().tally(hour.from(), hour.to());
        float usual = memory.baseline().usual(hour.from(), hour.to());
        Map<String, Double> figures = AnswerContent.newFigures();
        figures.put("events", (double) memory.totals().events());
        figures.put("lateEvents", (double) memory.totals().lateEvents());
        figures.put("stateResets", (double) memory.totals().resets());
        figures.put("meanGapMillis", memory.rhythm().meanGap());
        figures.put("lastHourEvents", (double) tally.events());
        figures.put("lastHourMeanActivity", (double) tally.mean());
        figures.put("lastHourUsualActivity", (double) usual);
        figures.put("lastHourMeanNovelty", (double) tally.mean(MemoryPlan.NOVELTY));
        figures.put("stateBytes", (double) plan.bytesPerStream());
        figures.put("unusualNow", memory.novelty().alarm() ? 1.0 : 0.0);
        figures.put("offline", memory.offline() ? 1.0 : 0.0);
        Cells cells = new Cells(hour.from(), cell, (int) (hour.millis() / cell));
        long present = memory.lastEventTime();
        List<HealthInterval> open = memory.healthLog().touching(present, Long.MAX_VALUE);
        return AnswerContent.ok(hour, figures, text(memory, streamId, tally, usual, open))
                .withCurves(
                        curves.read(memory, plan.day(), MemoryPlan.ACTIVITY, cells),
                        curves.read(memory, plan.day(), MemoryPlan.NOVELTY, cells),
                        curves.channels(memory, plan.day(), cells))
                .with(
                        memory.recentPeaks()
                                .between(hour.from(), hour.to(), curves.meaning(memory)),
                        open);
    }

    private static String text(
            StreamMemory memory,
            String streamId,
            CellCounters.Tally tally,
            float usual,
            List<HealthInterval> open) {
        List<String> states = new ArrayList<>();
        for (HealthInterval interval : open) {
            if (interval.to() == HealthInterval.OPEN) {
                states.add(
                        HumanText.state(interval.kind())
                                + " since "
                                + HumanText.moment(interval.from()));
            }
        }
        if (memory.novelty().alarm()) {
            states.add("unusual since " + HumanText.moment(memory.novelty().alarmAt()));
        }
        return streamId
                + " was last heard of at "
                + HumanText.moment(memory.lastEventTime())
                + " UTC; "
                + HumanText.counted(tally.events(), "event")
                + " in the last hour, activity averaged "
                + HumanText.number(tally.mean())
                + SummaryText.against(tally.mean(), usual)
                + ". "
                + (states.isEmpty() ? "All is well." : "It is " + HumanText.list(states) + ".");
    }
}
