package io.oxbow.flink.summary;

import io.oxbow.flink.event.Timeline;

/**
 * Reads activity curves out of a {@link SpanMemory}, and measures each against the exact counters
 * of the same cells. Reads only: asking changes nothing. Holds scratch space, so one per thread.
 */
final class Curves {
    /** A step counts as seen from this remembered coverage on. */
    private static final double SEEN = 0.5;

    private final double[] basis = new double[MemoryPlan.MAX_ORDER];

    /**
     * The curve over {@code cells} cells of {@code stepMillis} from {@code from}; both times must
     * be multiples of the counters' cell, below which no error could be stated.
     */
    Timeline read(SpanPlan plan, SpanMemory memory, long from, long stepMillis, int cells) {
        float[] values = new float[cells];
        double squares = 0;
        int compared = 0;
        for (int c = 0; c < cells; c++) {
            long cellFrom = from + c * stepMillis;
            values[c] = mean(plan, memory, cellFrom, cellFrom + stepMillis);
            float exact = memory.counters().tally(cellFrom, cellFrom + stepMillis).mean();
            if (!Float.isNaN(values[c]) && !Float.isNaN(exact)) {
                double difference = values[c] - exact;
                squares += difference * difference;
                compared++;
            }
        }
        float error = compared == 0 ? Float.NaN : (float) Math.sqrt(squares / compared);
        return new Timeline(from, stepMillis, values, error);
    }

    /** Mean of the remembered curve over the steps of {@code [from, to)} that were seen. */
    private float mean(SpanPlan plan, SpanMemory memory, long from, long to) {
        long end = memory.curveEnd();
        if (end == SpanMemory.NONE) {
            return Float.NaN;
        }
        long stepMillis = plan.stepMillis();
        long first = Math.max(from, end - plan.millis());
        double sum = 0;
        int seen = 0;
        for (long step = first; step < Math.min(to, end); step += stepMillis) {
            plan.window().basisAt((end - step) / (double) stepMillis - 0.5, basis);
            if (LegendreWindow.dot(memory.coverage(), basis) >= SEEN) {
                sum += LegendreWindow.dot(memory.activity(), basis);
                seen++;
            }
        }
        return seen == 0 ? Float.NaN : (float) (sum / seen);
    }
}
