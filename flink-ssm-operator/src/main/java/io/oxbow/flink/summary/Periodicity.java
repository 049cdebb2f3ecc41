package io.oxbow.flink.summary;

import java.util.Arrays;

/**
 * How far the time of day explains how much is going on. Each hour of the last week is predicted by
 * the median of the same hour of the other days, and by the median of all hours of the other days;
 * how far the first is off against how far the second is says how much the hour of the day
 * explains. A day never predicts itself, so a stream without a rhythm comes out near 0; medians and
 * absolute differences, so that one wild night does not hide a rhythm.
 */
final class Periodicity {
    private static final int HOURS = 24;
    private static final int LEAST_DAYS = 3;

    private Periodicity() {}

    /**
     * The share explained, 0 to 1; NaN while fewer than three days are known.
     *
     * @param hourly counters whose cells are hours
     * @param to end of the last day looked at
     */
    static float daily(CellCounters hourly, long to) {
        int days = hourly.cells() / HOURS;
        float[][] known = new float[days][HOURS];
        int goodDays = 0;
        for (int d = 0; d < days; d++) {
            int hours = 0;
            for (int h = 0; h < HOURS; h++) {
                long from = to - ((long) (d + 1) * HOURS - h) * SpanPlan.HOUR;
                known[d][h] = hourly.tally(from, from + SpanPlan.HOUR).mean();
                hours += Float.isNaN(known[d][h]) ? 0 : 1;
            }
            goodDays += hours * 2 >= HOURS ? 1 : 0;
        }
        if (goodDays < LEAST_DAYS) {
            return Float.NaN;
        }
        double unexplained = 0;
        double whole = 0;
        for (int d = 0; d < days; d++) {
            float byAll = medianOfOthers(known, d, 0, HOURS);
            for (int h = 0; h < HOURS; h++) {
                float byHour = medianOfOthers(known, d, h, h + 1);
                if (!Float.isNaN(known[d][h]) && !Float.isNaN(byHour)) {
                    unexplained += Math.abs(known[d][h] - byHour);
                    whole += Math.abs(known[d][h] - byAll);
                }
            }
        }
        return whole > 0 ? (float) Math.max(0, 1 - unexplained / whole) : Float.NaN;
    }

    /** Median over the hours {@code [from, to)} of all days but one; NaN if none is known. */
    private static float medianOfOthers(float[][] known, int day, int from, int to) {
        float[] values = new float[known.length * (to - from)];
        int count = 0;
        for (int d = 0; d < known.length; d++) {
            for (int h = from; h < to && d != day; h++) {
                if (!Float.isNaN(known[d][h])) {
                    values[count++] = known[d][h];
                }
            }
        }
        Arrays.sort(values, 0, count);
        return count == 0 ? Float.NaN : (values[(count - 1) / 2] + values[count / 2]) / 2;
    }
}
