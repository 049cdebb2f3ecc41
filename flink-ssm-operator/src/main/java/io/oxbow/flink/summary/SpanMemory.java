package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one stream remembers of the last span of time: exact counters on a coarse grid, the activity
 * curve as Legendre coefficients on a fine one, and its peaks.
 *
 * <p>The curve advances once per closed step, with the step's mean activity. Where a step saw no
 * event the last activity is held, so that a gap puts no false edge into the curve; that it was a
 * gap is remembered by a second memory of the same shape, of coverage. Not thread-safe.
 */
final class SpanMemory {
    /** No window is open. */
    static final long NONE = Long.MIN_VALUE;

    private final CellCounters counters;
    private final double[] activity;
    private final double[] coverage;
    private PeakList peaks;

    /** Start of the step that is being filled. Steps before it are in the memories. */
    private long stepFrom = NONE;

    private long stepTo = NONE;
    private double stepSum;
    private int stepEvents;
    private long stepCovered;

    /** Up to where coverage has been accounted for. */
    private long coveredTo = NONE;

    /** Mean activity of the last step that saw an event; NaN before the first. */
    private double held = Double.NaN;

    /** End of the window that has events and no summary yet, or {@link #NONE}. */
    private long windowTo = NONE;

    /** Windows that end at or before this have been closed. */
    private long closedTo = NONE;

    SpanMemory(SpanPlan plan, int maxPeaks) {
        this(
                new CellCounters(plan.cellMillis(), plan.cells()),
                plan.window().order(),
                new PeakList(maxPeaks));
    }

    private SpanMemory(CellCounters counters, int order, PeakList peaks) {
        this.counters = counters;
        this.activity = new double[order];
        this.coverage = new double[order];
        this.peaks = peaks;
    }

    static int bytes(SpanPlan plan, int maxPeaks) {
        int shape = 8 + 4 + 2;
        int ring = 8 + plan.cells() * CellCounters.BYTES_PER_CELL;
        int curves = 2 * 8 * plan.window().order();
        int peaks = 4 + maxPeaks * PeakList.BYTES_PER_PEAK;
        return shape + ring + curves + peaks + 8 * 8 + 4;
    }

    CellCounters counters() {
        return counters;
    }

    PeakList peaks() {
        return peaks;
    }

    /** Coefficients of the activity curve; the curve ends at {@link #curveEnd()}. */
    double[] activity() {
        return activity;
    }

    /** Coefficients of the coverage curve. */
    double[] coverage() {
        return coverage;
    }

    /** End of the last closed step; {@link #NONE} before the first event. */
    long curveEnd() {
        return stepFrom;
    }

    long windowTo() {
        return windowTo;
    }

    /**
     * Brings the memory to {@code time}: nothing happened since the last call, and there were data
     * until {@code dataUntil}.
     */
    void advance(SpanPlan plan, long time, long dataUntil) {
        if (stepFrom == NONE) {
            stepFrom = plan.stepStart(time);
            stepTo = stepFrom + plan.stepMillis();
            coveredTo = time;
            return;
        }
        counters.cover(coveredTo, dataUntil);
        if (time >= stepTo) {
            closeSteps(plan, time, dataUntil);
        }
        stepCovered += Math.max(0, Math.min(dataUntil, time) - Math.max(coveredTo, stepFrom));
        coveredTo = Math.max(coveredTo, time);
    }

    private void closeSteps(SpanPlan plan, long time, long dataUntil) {
        long stepMillis = plan.stepMillis();
        LegendreWindow window = plan.window();
        while (stepTo <= time) {
            stepCovered += Math.max(0, Math.min(dataUntil, stepTo) - Math.max(coveredTo, stepFrom));
            long steps = 1;
            if (stepEvents > 0) {
                hold(stepSum / stepEvents);
            } else if (stepCovered == 0) {
                steps = (time - stepFrom) / stepMillis;
            }
            if (!Double.isNaN(held)) {
                window.advance(activity, held, steps);
            }
            window.advance(coverage, Math.min(1, stepCovered / (double) stepMillis), steps);
            stepFrom += steps * stepMillis;
            stepTo = stepFrom + stepMillis;
            stepSum = 0;
            stepEvents = 0;
            stepCovered = 0;
        }
    }

    private void hold(double mean) {
        if (Double.isNaN(held)) {
            // As if it had always been so: the curve starts without a jump.
            activity[0] = mean;
        }
        held = mean;
    }

    /** Takes in an event at or after the last {@link #advance}. */
    void add(SpanPlan plan, long time, float value) {
        addLate(time, value);
        if (windowTo == NONE && time >= closedTo) {
            windowTo = plan.windowStart(time) + plan.millis();
        }
    }

    /** Takes in an event older than one before it: closed steps and windows stay as they are. */
    void addLate(long time, float value) {
        counters.add(time, value);
        if (time >= stepFrom) {
            stepSum += value;
            stepEvents++;
        }
    }

    /** Ends the open window; its summary must have been made. */
    void closeWindow() {
        closedTo = windowTo;
        windowTo = NONE;
        peaks.clear();
    }

    /** Whether these bytes were kept under the same plan. */
    boolean fits(SpanPlan plan) {
        return counters.cellMillis() == plan.cellMillis()
                && counters.cells() == plan.cells()
                && activity.length == plan.window().order();
    }

    void limitPeaks(int maxPeaks) {
        peaks = peaks.withCapacity(maxPeaks);
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(counters.cellMillis());
        out.writeInt(counters.cells());
        out.writeShort(activity.length);
        counters.write(out);
        for (double coefficient : activity) {
            out.writeDouble(coefficient);
        }
        for (double coefficient : coverage) {
            out.writeDouble(coefficient);
        }
        peaks.write(out);
        out.writeLong(stepFrom);
        out.writeLong(stepTo);
        out.writeDouble(stepSum);
        out.writeInt(stepEvents);
        out.writeLong(stepCovered);
        out.writeLong(coveredTo);
        out.writeDouble(held);
        out.writeLong(windowTo);
        out.writeLong(closedTo);
    }

    static SpanMemory read(DataInputView in) throws IOException {
        long cellMillis = in.readLong();
        int cells = in.readInt();
        int order = in.readUnsignedShort();
        if (cellMillis < 1
                || cellMillis > MemoryPlan.MAX_SPAN_MILLIS
                || cells < 1
                || cells > MemoryPlan.MAX_CELLS
                || order < 1
                || order > MemoryPlan.MAX_ORDER) {
            throw new IOException(
                    "a memory of " + cells + " cells of " + cellMillis + " ms and order " + order);
        }
        CellCounters counters = CellCounters.read(cellMillis, cells, in);
        double[] activity = new double[order];
        double[] coverage = new double[order];
        for (int i = 0; i < order; i++) {
            activity[i] = in.readDouble();
        }
        for (int i = 0; i < order; i++) {
            coverage[i] = in.readDouble();
        }
        SpanMemory memory = new SpanMemory(counters, order, PeakList.read(in));
        System.arraycopy(activity, 0, memory.activity, 0, order);
        System.arraycopy(coverage, 0, memory.coverage, 0, order);
        memory.stepFrom = in.readLong();
        memory.stepTo = in.readLong();
        memory.stepSum = in.readDouble();
        memory.stepEvents = in.readInt();
        memory.stepCovered = in.readLong();
        memory.coveredTo = in.readLong();
        memory.held = in.readDouble();
        memory.windowTo = in.readLong();
        memory.closedTo = in.readLong();
        return memory;
    }
}
