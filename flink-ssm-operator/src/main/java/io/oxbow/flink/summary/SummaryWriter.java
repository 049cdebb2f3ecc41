package io.oxbow.flink.summary;

import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import java.util.List;

/**
 * Makes the {@link Summary} of a window from the memory as of the window's end. Single-threaded.
 */
final class SummaryWriter {
    private final MemoryPlan plan;
    private final SummaryText text;
    private final Curves curves = new Curves();

    SummaryWriter(MemoryPlan plan, ChannelNames names) {
        this.plan = plan;
        this.text = new SummaryText(names);
    }

    /**
     * The summary of the open window of one span, to whose end the span has been advanced.
     *
     * @param notable p-value up to which a moment is worth telling people
     */
    Summary write(StreamMemory memory, String streamId, int index, double notable) {
        SpanPlan spanPlan = plan.span(index);
        SpanMemory span = memory.span(index);
        long to = span.windowTo();
        long from = to - spanPlan.millis();
        CellCounters.Tally tally = span.counters().tally(from, to);
        float coverage = (float) (tally.coveredMillis() / (double) spanPlan.millis());
        float usual = memory.baseline().usual(from, to);
        long curveStep = spanPlan.millis() / spanPlan.curveCells();
        Timeline curve = curves.read(spanPlan, span, from, curveStep, spanPlan.curveCells());
        List<Peak> peaks = span.peaks().between(from, to);
        Summary untold =
                new Summary(
                        streamId,
                        spanPlan.kind(),
                        from,
                        to,
                        memory.lastEventTime(),
                        memory.stateVersion(),
                        tally.events(),
                        coverage,
                        tally.mean(),
                        usual,
                        curve,
                        extreme(span.counters(), curve, 1),
                        extreme(span.counters(), curve, -1),
                        peaks,
                        memory.healthLog().touching(from, to),
                        "");
        return withText(untold, text.paragraph(untold, notable, memory.judgedEvents() > 0));
    }

    /**
     * The cell of the curve whose exact mean, times {@code sign}, is highest; the first of equals.
     */
    private static Stretch extreme(CellCounters counters, Timeline curve, int sign) {
        Stretch extreme = Stretch.NONE;
        int known = 0;
        for (int c = 0; c < curve.values().length; c++) {
            long from = curve.from() + c * curve.stepMillis();
            float mean = counters.tally(from, from + curve.stepMillis()).mean();
            if (Float.isNaN(mean)) {
                continue;
            }
            known++;
            if (known == 1 || sign * mean > sign * extreme.activity()) {
                extreme = new Stretch(from, from + curve.stepMillis(), mean);
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
                s.activity(),
                s.busiest(),
                s.quietest(),
                s.peaks(),
                s.health(),
                text);
    }
}
