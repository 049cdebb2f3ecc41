package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is usual at each hour of the week, UTC: mean and variance of the hours' mean activity. The
 * last {@value #MEMORY_WEEKS} weeks count most. An hour of the week not seen yet borrows from the
 * same hour of other days. Not thread-safe.
 */
final class WeekBaseline {
    static final int HOURS = 168;
    static final int BYTES = HOURS * (1 + 4 + 4) + 3 * 4 + 4 * 8;

    private static final int MEMORY_WEEKS = 8;
    private static final int HOURS_OF_DAY = 24;

    /** Hours over which what was expected is judged: two weeks. */
    private static final int JUDGED_HOURS = 2 * HOURS;

    private final byte[] weeks = new byte[HOURS];
    private final float[] mean = new float[HOURS];
    private final float[] variance = new float[HOURS];

    /** Hours learned, hours that were expected before, hours whose own week was known before. */
    private int learned;

    private int expected;
    private int weekly;

    /** Mean of all hours. */
    private double overallMean;

    /** Mean square difference between an hour and what was usual before it was learned. */
    private double expectedSquare;

    /**
     * Mean absolute difference where the hour of the week itself was known, and that of the overall
     * mean there.
     */
    private double weeklyOff;

    private double weeklySpread;

    /** Hour of the week of a time, 0 being Monday from 00:00 to 01:00 UTC. */
    static int hourOfWeek(long time) {
        // 1970-01-01 was a Thursday.
        return Math.floorMod(Math.floorDiv(time, SpanPlan.HOUR) + 3 * HOURS_OF_DAY, HOURS);
    }

    /** Learns that the hour that holds {@code time} had this mean activity. */
    void learn(long time, float activity) {
        int hour = hourOfWeek(time);
        judge(time, hour, activity);
        if (weeks[hour] < MEMORY_WEEKS) {
            weeks[hour]++;
        }
        double weight = 1.0 / weeks[hour];
        double difference = activity - mean[hour];
        mean[hour] += (float) (weight * difference);
        variance[hour] =
                (float) ((1 - weight) * (variance[hour] + weight * difference * difference));
    }

    /** Compares what was usual so far with what came. */
    private void judge(long time, int hour, float activity) {
        float usual = usual(time);
        if (!Float.isNaN(usual)) {
            expected = Math.min(expected + 1, JUDGED_HOURS);
            expectedSquare += (square(activity - usual) - expectedSquare) / expected;
        }
        if (weeks[hour] > 0) {
            weekly = Math.min(weekly + 1, JUDGED_HOURS);
            weeklyOff += (Math.abs(activity - mean[hour]) - weeklyOff) / weekly;
            weeklySpread += (Math.abs(activity - overallMean) - weeklySpread) / weekly;
        }
        learned = Math.min(learned + 1, JUDGED_HOURS);
        double difference = activity - overallMean;
        overallMean += difference / learned;
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Root mean square difference between the last two weeks' hours and what was usual before each
     * came; NaN before there is any. What a forecast by it is off by.
     */
    float forecastError() {
        return expected == 0 ? Float.NaN : (float) Math.sqrt(expectedSquare);
    }

    /**
     * Share of the hours' differences that the hour of the week explains, 0 to 1; NaN before a day
     * of a second week is known.
     */
    float weeklyRhythm() {
        return weekly < HOURS_OF_DAY || !(weeklySpread > 0)
                ? Float.NaN
                : (float) Math.max(0, 1 - weeklyOff / weeklySpread);
    }

    /** Weeks known of the hour of the week that holds {@code time}, at most the memory's length. */
    int weeks(long time) {
        return weeks[hourOfWeek(time)];
    }

    /** Standard deviation between weeks; NaN if fewer than two are known. */
    float deviation(long time) {
        int hour = hourOfWeek(time);
        return weeks[hour] < 2 ? Float.NaN : (float) Math.sqrt(variance[hour]);
    }

    /** Usual mean activity of the hour that holds {@code time}; NaN if nothing is known of it. */
    float usual(long time) {
        int hour = hourOfWeek(time);
        if (weeks[hour] > 0) {
            return mean[hour];
        }
        double sum = 0;
        int known = 0;
        for (int other = hour % HOURS_OF_DAY; other < HOURS; other += HOURS_OF_DAY) {
            if (weeks[other] > 0) {
                sum += mean[other];
                known++;
            }
        }
        return known == 0 ? Float.NaN : (float) (sum / known);
    }

    /** Usual mean activity over {@code [from, to)}; NaN unless half of the time is known. */
    float usual(long from, long to) {
        double sum = 0;
        long known = 0;
        // A range of more than a week repeats itself.
        long end = Math.min(to, from + HOURS * SpanPlan.HOUR);
        for (long hour = Math.floorDiv(from, SpanPlan.HOUR) * SpanPlan.HOUR;
                hour < end;
                hour += SpanPlan.HOUR) {
            float usual = usual(hour);
            if (!Float.isNaN(usual)) {
                long overlap = Math.min(end, hour + SpanPlan.HOUR) - Math.max(from, hour);
                sum += usual * overlap;
                known += overlap;
            }
        }
        return known * 2 < end - from || known == 0 ? Float.NaN : (float) (sum / known);
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        for (int hour = 0; hour < HOURS; hour++) {
            out.writeByte(weeks[hour]);
            out.writeFloat(mean[hour]);
            out.writeFloat(variance[hour]);
        }
        out.writeInt(learned);
        out.writeInt(expected);
        out.writeInt(weekly);
        out.writeDouble(overallMean);
        out.writeDouble(expectedSquare);
        out.writeDouble(weeklyOff);
        out.writeDouble(weeklySpread);
    }

    static WeekBaseline read(DataInputView in) throws IOException {
        WeekBaseline baseline = new WeekBaseline();
        for (int hour = 0; hour < HOURS; hour++) {
            baseline.weeks[hour] = in.readByte();
            if (baseline.weeks[hour] < 0 || baseline.weeks[hour] > MEMORY_WEEKS) {
                throw new IOException(baseline.weeks[hour] + " weeks in a baseline");
            }
            baseline.mean[hour] = in.readFloat();
            baseline.variance[hour] = in.readFloat();
        }
        baseline.learned = in.readInt();
        baseline.expected = in.readInt();
        baseline.weekly = in.readInt();
        baseline.overallMean = in.readDouble();
        baseline.expectedSquare = in.readDouble();
        baseline.weeklyOff = in.readDouble();
        baseline.weeklySpread = in.readDouble();
        return baseline;
    }
}
