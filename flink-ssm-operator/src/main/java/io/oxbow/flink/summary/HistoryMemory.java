package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one stream remembers of all time: its curves from the first hour to the last, as {@link
 * LegendreHistory} coefficients, and the squares of each, from which the curve's error follows.
 * Advances once an hour. Not thread-safe.
 */
final class HistoryMemory implements StepFill.Steps {
    static final long STEP_MILLIS = SpanPlan.HOUR;

    private final StepFill fill;
    private final double[][] curves;
    private final double[] coverage;

    /** Per curve: sum over the closed hours of the square of the hour's mean. */
    private final double[] squares;

    /** Start of the first hour. */
    private long firstFrom = StepFill.NONE;

    /** Hours closed. */
    private long steps;

    /** Hours closed that had an event. */
    private long eventful;

    /** Set while hours are closed. */
    private LegendreHistory history;

    HistoryMemory(int curves, int order) {
        this(new StepFill(curves), new double[curves][order]);
    }

    private HistoryMemory(StepFill fill, double[][] curves) {
        this.fill = fill;
        this.curves = curves;
        this.coverage = new double[curves[0].length];
        this.squares = new double[curves.length];
    }

    static int bytes(int curves, int order) {
        return 1 + 2 + StepFill.bytes(curves) + (curves + 1) * order * 8 + curves * 8 + 3 * 8;
    }

    /** Start of the first hour remembered; {@link StepFill#NONE} before there is one. */
    long from() {
        return firstFrom;
    }

    /** End of the last hour remembered. */
    long to() {
        return firstFrom == StepFill.NONE ? StepFill.NONE : firstFrom + steps * STEP_MILLIS;
    }

    double[] curve(int index) {
        return curves[index];
    }

    double[] coverage() {
        return coverage;
    }

    /** Hours remembered that had an event. */
    long eventful() {
        return eventful;
    }

    /** Hours remembered, gaps included. */
    long steps() {
        return steps;
    }

    /**
     * What the fit of one curve could not take in: the sum over all hours of the square of its
     * difference from the hour's mean. Exact, but for rounding (Parseval).
     */
    double leftOver(int index) {
        double fitted = steps * LegendreHistory.meanSquare(curves[index]);
        return Math.max(0, squares[index] - fitted);
    }

    void advance(LegendreHistory itsHistory, long time, long dataUntil) {
        if (fill.from() == StepFill.NONE) {
            fill.open(time - Math.floorMod(time, STEP_MILLIS), STEP_MILLIS, time);
            return;
        }
        history = itsHistory;
        fill.advance(STEP_MILLIS, time, dataUntil, this);
    }

    @Override
    public void closed(double[] means, int events, double covered, long count) {
        if (firstFrom == StepFill.NONE) {
            firstFrom = fill.from();
        }
        for (int c = 0; c < curves.length; c++) {
            history.advance(curves[c], means[c], steps, count);
            squares[c] += means[c] * means[c] * count;
        }
        history.advance(coverage, covered, steps, count);
        steps += count;
        eventful += events > 0 ? count : 0;
    }

    void add(long time, float[] values) {
        fill.add(time, values);
    }

    boolean fits(int curveCount, int order) {
        return curves.length == curveCount && coverage.length == order;
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(curves.length);
        out.writeShort(coverage.length);
        fill.write(out);
        for (int c = 0; c < curves.length; c++) {
            SpanMemory.writeCoefficients(curves[c], out);
            out.writeDouble(squares[c]);
        }
        SpanMemory.writeCoefficients(coverage, out);
        out.writeLong(firstFrom);
        out.writeLong(steps);
        out.writeLong(eventful);
    }

    static HistoryMemory read(DataInputView in) throws IOException {
        int curveCount = in.readUnsignedByte();
        int order = in.readUnsignedShort();
        if (curveCount < 1
                || curveCount > MemoryPlan.MAX_CURVES
                || order < 1
                || order > MemoryPlan.MAX_ORDER) {
            throw new IOException(curveCount + " histories of order " + order);
        }
        HistoryMemory memory =
                new HistoryMemory(StepFill.read(curveCount, in), new double[curveCount][order]);
        for (int c = 0; c < curveCount; c++) {
            SpanMemory.readCoefficients(memory.curves[c], in);
            memory.squares[c] = in.readDouble();
        }
        SpanMemory.readCoefficients(memory.coverage, in);
        memory.firstFrom = in.readLong();
        memory.steps = in.readLong();
        memory.eventful = in.readLong();
        return memory;
    }
}
