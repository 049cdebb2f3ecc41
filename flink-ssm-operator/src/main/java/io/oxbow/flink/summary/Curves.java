package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads curves out of a memory, each with its error. Reads only: asking changes nothing. Holds
 * scratch space, so one per thread.
 *
 * <p>A curve of the last hour, day or week is measured against the exact counters of the same
 * cells. One of all time has no counters left, but what its fit could not take in is known, see
 * {@link HistoryMemory#leftOver}: all of it is laid to the hours that both had events and are
 * shown, counted as few as they can be, so that the error is no less than the truth.
 */
final class Curves {
    /** A step counts as seen from this remembered coverage on. */
    private static final double SEEN = 0.5;

    private static final double NINE_IN_TEN = 0.9;

    /**
     * In any distribution with one mode, nine in ten lie within this many root mean squares of it:
     * Gauss's inequality, {@code 4 / (9 k^2) = 0.1}.
     */
    private static final double GAUSS = Math.sqrt(4 / 0.9);

    private final SummarySettings settings;
    private final MemoryPlan plan;
    private final double[] basis = new double[MemoryPlan.MAX_ORDER];

    Curves(SummarySettings settings, MemoryPlan plan) {
        this.settings = settings;
        this.plan = plan;
    }

    /** The stretch of time and the cells of curves that are read together. */
    record Cells(long from, long stepMillis, int count) {
        long to() {
            return from + count * stepMillis;
        }
    }

    /** What that stream's channels are. */
    VectorMeaning meaning(StreamMemory memory) {
        return settings.meanings().of(memory.totals().encoderHash());
    }

    /** Curves of the remembered channels, from one span. */
    List<ChannelCurve> channels(StreamMemory memory, int span, Cells cells) {
        VectorMeaning meaning = meaning(memory);
        List<ChannelCurve> curves = new ArrayList<>();
        int curve = MemoryPlan.CHANNELS;
        for (int channel : settings.channelsOf(meaning, memory.totals().inputDim())) {
            curves.add(
                    new ChannelCurve(
                            channel, meaning.nameOf(channel), read(memory, span, curve++, cells)));
        }
        return curves;
    }

    /** One curve of a span, or of all time for a span of {@link #ALL_TIME}. */
    Timeline read(StreamMemory memory, int span, int curve, Cells cells) {
        return span == ALL_TIME
                ? allTime(memory.history(), curve, cells)
                : ofSpan(plan.span(span), memory.span(span), curve, cells);
    }

    /** Stands for all time where a span's index is wanted. */
    static final int ALL_TIME = -1;

    /** Cells must lie on the grid of the span's counters, below which no error could be stated. */
    private Timeline ofSpan(SpanPlan spanPlan, SpanMemory memory, int curve, Cells cells) {
        float[] values = new float[cells.count()];
        float[] differences = new float[cells.count()];
        double squares = 0;
        int compared = 0;
        for (int c = 0; c < values.length; c++) {
            long from = cells.from() + c * cells.stepMillis();
            values[c] = mean(spanPlan, memory, curve, from, from + cells.stepMillis());
            float exact = memory.counters().tally(from, from + cells.stepMillis()).mean(curve);
            if (!Float.isNaN(values[c]) && !Float.isNaN(exact)) {
                double difference = values[c] - exact;
                squares += difference * difference;
                differences[compared++] = (float) Math.abs(difference);
            }
        }
        if (compared == 0) {
            return new Timeline(cells.from(), cells.stepMillis(), values, Float.NaN, Float.NaN);
        }
        Arrays.sort(differences, 0, compared);
        float bound = differences[(int) Math.ceil(NINE_IN_TEN * compared) - 1];
        float error = (float) Math.sqrt(squares / compared);
        return new Timeline(cells.from(), cells.stepMillis(), values, error, bound);
    }

    /** Mean of the remembered curve over the steps of {@code [from, to)} that were seen. */
    private float mean(SpanPlan spanPlan, SpanMemory memory, int curve, long from, long to) {
        long end = memory.curveEnd();
        if (end == SpanMemory.NONE) {
            return Float.NaN;
        }
        long stepMillis = spanPlan.stepMillis();
        long first = Math.max(from, end - spanPlan.millis());
        double sum = 0;
        int seen = 0;
        for (long step = first; step < Math.min(to, end); step += stepMillis) {
            spanPlan.window().basisAt((end - step) / (double) stepMillis - 0.5, basis);
            if (LegendreWindow.dot(memory.coverage(), basis) >= SEEN) {
                sum += LegendreWindow.dot(memory.curve(curve), basis);
                seen++;
            }
        }
        return seen == 0 ? Float.NaN : (float) (sum / seen);
    }

    private Timeline allTime(HistoryMemory memory, int curve, Cells cells) {
        float[] values = new float[cells.count()];
        for (int c = 0; c < values.length; c++) {
            long from = cells.from() + c * cells.stepMillis();
            values[c] = allTimeMean(memory, curve, from, from + cells.stepMillis());
        }
        long least = seenHours(memory) + memory.eventful() - memory.steps();
        double error = least < 1 ? Double.NaN : Math.sqrt(memory.leftOver(curve) / least);
        return new Timeline(
                cells.from(), cells.stepMillis(), values, (float) error, (float) (GAUSS * error));
    }

    private float allTimeMean(HistoryMemory memory, int curve, long from, long to) {
        double sum = 0;
        int seen = 0;
        for (long hour = Math.max(from, memory.from());
                hour < Math.min(to, memory.to());
                hour += HistoryMemory.STEP_MILLIS) {
            if (sees(memory, (hour - memory.from()) / HistoryMemory.STEP_MILLIS)) {
                sum += LegendreWindow.dot(memory.curve(curve), basis);
                seen++;
            }
        }
        return seen == 0 ? Float.NaN : (float) (sum / seen);
    }

    private long seenHours(HistoryMemory memory) {
        long seen = 0;
        for (long step = 0; step < memory.steps(); step++) {
            seen += sees(memory, step) ? 1 : 0;
        }
        return seen;
    }

    /** Whether an hour counts as seen; leaves its basis in the scratch space. */
    private boolean sees(HistoryMemory memory, long step) {
        double steps = memory.steps();
        plan.history().basisOver(step / steps, (step + 1) / steps, basis);
        return LegendreWindow.dot(memory.coverage(), basis) >= SEEN;
    }
}
