package io.oxbow.flink.summary;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The step of a memory that is being filled: sums of each curve's values, and how much of the step
 * was covered by data. A closed step is handed on with its means; one without events holds the last
 * means, so that a gap puts no false edge into a curve, and says by its coverage that it was a gap.
 * Not thread-safe.
 */
final class StepFill {
    /** No step is open. */
    static final long NONE = Long.MIN_VALUE;

    /** Takes in closed steps. */
    interface Steps {
        /**
         * @param means one of each curve; the same array every time
         * @param events in each step
         * @param coverage share of each step for which there were data, 0..1
         * @param steps how many steps in a row were like this
         */
        void closed(double[] means, int events, double coverage, long steps);
    }

    private final double[] sums;
    private final double[] held;
    private boolean holds;

    /** Start of the step that is being filled. */
    private long from = NONE;

    private long to = NONE;
    private int events;
    private long covered;

    /** Up to where coverage has been accounted for. */
    private long coveredTo = NONE;

    StepFill(int curves) {
        sums = new double[curves];
        held = new double[curves];
    }

    /** Size as written. */
    static int bytes(int curves) {
        return curves * 16 + 1 + 4 * 8 + 4;
    }

    /** Start of the open step, which is the end of the last closed one; {@link #NONE} at first. */
    long from() {
        return from;
    }

    /** Opens the first step. */
    void open(long stepStart, long stepMillis, long time) {
        from = stepStart;
        to = stepStart + stepMillis;
        coveredTo = time;
    }

    /** Up to where coverage has been accounted for. */
    long coveredTo() {
        return coveredTo;
    }

    /**
     * Closes all steps that end at or before {@code time}; there were data until {@code dataUntil}.
     */
    void advance(long stepMillis, long time, long dataUntil, Steps steps) {
        while (to <= time) {
            covered += Math.max(0, Math.min(dataUntil, to) - Math.max(coveredTo, from));
            long count = 1;
            if (events > 0) {
                for (int c = 0; c < sums.length; c++) {
                    held[c] = sums[c] / events;
                }
                holds = true;
            } else if (covered == 0) {
                count = (time - from) / stepMillis;
            }
            if (holds) {
                steps.closed(held, events, Math.min(1, covered / (double) stepMillis), count);
            }
            from += count * stepMillis;
            to = from + stepMillis;
            Arrays.fill(sums, 0);
            events = 0;
            covered = 0;
        }
        covered += Math.max(0, Math.min(dataUntil, time) - Math.max(coveredTo, from));
        coveredTo = Math.max(coveredTo, time);
    }

    /** Takes in an event; one older than the open step is left out. */
    void add(long time, float[] values) {
        if (time >= from) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += values[c];
            }
            events++;
        }
    }

    void write(DataOutputView out) throws IOException {
        for (int c = 0; c < sums.length; c++) {
            out.writeDouble(sums[c]);
            out.writeDouble(held[c]);
        }
        out.writeBoolean(holds);
        out.writeLong(from);
        out.writeLong(to);
        out.writeLong(covered);
        out.writeLong(coveredTo);
        out.writeInt(events);
    }

    static StepFill read(int curves, DataInputView in) throws IOException {
        StepFill fill = new StepFill(curves);
        for (int c = 0; c < curves; c++) {
            fill.sums[c] = in.readDouble();
            fill.held[c] = in.readDouble();
        }
        fill.holds = in.readBoolean();
        fill.from = in.readLong();
        fill.to = in.readLong();
        fill.covered = in.readLong();
        fill.coveredTo = in.readLong();
        fill.events = in.readInt();
        return fill;
    }
}
