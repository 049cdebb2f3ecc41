package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one stream remembers of the last span of time: exact counters on a coarse grid, its curves
 * as Legendre coefficients on a fine one, and its peaks.
 *
 * <p>The curves advance once per closed step, see {@link StepFill}; that a step was a gap is
 * remembered by one more curve, of coverage. Not thread-safe.
 */
final class SpanMemory implements StepFill.Steps {
    /** No window is open. */
    static final long NONE = Long.MIN_VALUE;

    private final CellCounters counters;
    private final StepFill fill;

    /** (curves, order). */
    private final double[][] curves;

    /** (order). */
    private final double[] coverage;

    private PeakList peaks;

    /** Whether a step has been closed: the curves then begin without a jump. */
    private boolean begun;

    /** End of the window that has events and no summary yet, or {@link #NONE}. */
    private long windowTo = NONE;

    /** Windows that end at or before this have been closed. */
    private long closedTo = NONE;

    /** Set while steps are closed. */
    private LegendreWindow window;

    SpanMemory(SpanPlan plan, int curves, int maxPeaks) {
        this(
                new CellCounters(plan.cellMillis(), plan.cells(), curves),
                new StepFill(curves),
                new double[curves][plan.window().order()],
                new PeakList(maxPeaks));
    }

    private SpanMemory(CellCounters counters, StepFill fill, double[][] curves, PeakList peaks) {
        this.counters = counters;
        this.fill = fill;
        this.curves = curves;
        this.coverage = new double[curves[0].length];
        this.peaks = peaks;
    }

    static int bytes(SpanPlan plan, int curves, int maxPeaks) {
        int shape = 8 + 4 + 2 + 1;
        int coefficients = (curves + 1) * 8 * plan.window().order();
        int peaks = 4 + maxPeaks * PeakList.BYTES_PER_PEAK;
        return shape
                + CellCounters.bytes(plan.cells(), curves)
                + coefficients
                + StepFill.bytes(curves)
                + peaks
                + 1
                + 2 * 8;
    }

    CellCounters counters() {
        return counters;
    }

    PeakList peaks() {
        return peaks;
    }

    /** Coefficients of one curve; it ends at {@link #curveEnd()}. */
    double[] curve(int index) {
        return curves[index];
    }

    /** Coefficients of the coverage curve. */
    double[] coverage() {
        return coverage;
    }

    /** End of the last closed step; {@link #NONE} before the first event. */
    long curveEnd() {
        return fill.from();
    }

    long windowTo() {
        return windowTo;
    }

    /**
     * Brings the memory to {@code time}: nothing happened since the last call, and there were data
     * until {@code dataUntil}.
     */
    void advance(SpanPlan plan, long time, long dataUntil) {
        if (fill.from() == StepFill.NONE) {
            fill.open(plan.stepStart(time), plan.stepMillis(), time);
            return;
        }
        counters.cover(fill.coveredTo(), dataUntil);
        window = plan.window();
        fill.advance(plan.stepMillis(), time, dataUntil, this);
    }

    @Override
    public void closed(double[] means, int events, double covered, long steps) {
        for (int c = 0; c < curves.length; c++) {
            if (!begun) {
                // As if it had always been so: the curve starts without a jump.
                curves[c][0] = means[c];
            }
            window.advance(curves[c], means[c], steps);
        }
        begun = true;
        window.advance(coverage, covered, steps);
    }

    /** Takes in an event at or after the last {@link #advance}. */
    void add(SpanPlan plan, long time, float[] values) {
        addLate(time, values);
        if (windowTo == NONE && time >= closedTo) {
            windowTo = plan.windowStart(time) + plan.millis();
        }
    }

    /** Takes in an event older than one before it: closed steps and windows stay as they are. */
    void addLate(long time, float[] values) {
        counters.add(time, values);
        fill.add(time, values);
    }

    /** Ends the open window; its summary must have been made. */
    void closeWindow() {
        closedTo = windowTo;
        windowTo = NONE;
        peaks.clear();
    }

    /** Whether these bytes were kept under the same plan. */
    boolean fits(SpanPlan plan, int curveCount) {
        return counters.cellMillis() == plan.cellMillis()
                && counters.cells() == plan.cells()
                && curves.length == curveCount
                && coverage.length == plan.window().order();
    }

    void limitPeaks(int maxPeaks) {
        peaks = peaks.withCapacity(maxPeaks);
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(counters.cellMillis());
        out.writeInt(counters.cells());
        out.writeShort(coverage.length);
        out.writeByte(curves.length);
        counters.write(out);
        fill.write(out);
        for (double[] curve : curves) {
            writeCoefficients(curve, out);
        }
        writeCoefficients(coverage, out);
        peaks.write(out);
        out.writeBoolean(begun);
        out.writeLong(windowTo);
        out.writeLong(closedTo);
    }

    static void writeCoefficients(double[] coefficients, DataOutputView out) throws IOException {
        for (double coefficient : coefficients) {
            out.writeDouble(coefficient);
        }
    }

    static void readCoefficients(double[] coefficients, DataInputView in) throws IOException {
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = in.readDouble();
        }
    }

    static SpanMemory read(DataInputView in) throws IOException {
        long cellMillis = in.readLong();
        int cells = in.readInt();
        int order = in.readUnsignedShort();
        int curveCount = in.readUnsignedByte();
        if (cellMillis < 1
                || cellMillis > MemoryPlan.MAX_SPAN_MILLIS
                || cells < 1
                || cells > MemoryPlan.MAX_CELLS
                || order < 1
                || order > MemoryPlan.MAX_ORDER
                || curveCount < 1
                || curveCount > MemoryPlan.MAX_CURVES) {
            throw new IOException(
                    "a memory of " + cells + " cells of " + cellMillis + " ms and order " + order);
        }
        CellCounters counters = CellCounters.read(cellMillis, cells, curveCount, in);
        StepFill fill = StepFill.read(curveCount, in);
        double[][] curves = new double[curveCount][order];
        for (double[] curve : curves) {
            readCoefficients(curve, in);
        }
        double[] coverage = new double[order];
        readCoefficients(coverage, in);
        SpanMemory memory = new SpanMemory(counters, fill, curves, PeakList.read(in));
        System.arraycopy(coverage, 0, memory.coverage, 0, order);
        memory.begun = in.readBoolean();
        memory.windowTo = in.readLong();
        memory.closedTo = in.readLong();
        return memory;
    }
}
