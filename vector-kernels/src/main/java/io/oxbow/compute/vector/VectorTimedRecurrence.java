package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.GapTables;
import io.oxbow.plan.Discretisation;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TimedRecurrence;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link TimedRecurrence} in doubles, a lane a coefficient, four channels at a time so that a
 * column of the matrix is read once for them. Each coefficient is one chain of fused multiply-adds
 * in index order.
 */
final class VectorTimedRecurrence implements OpKernel {
    private static final int LANES = Wide.LANES;
    private static final int TILE = 2 * LANES;
    private static final int CHANNELS = 4;

    private final TimedRecurrence op;
    private final int order;

    /** Coefficients of a channel, up to a whole number of tiles. */
    private final int padded;

    private final GapTables<double[]> tables;
    private final float[] next;

    VectorTimedRecurrence(TimedRecurrence op) {
        this.op = op;
        this.order = op.order();
        this.padded = (order + TILE - 1) / TILE * TILE;
        Stepping rows = op.stepping();
        Columns columns = new Columns(rows.discretisation(), order, padded);
        this.tables = GapTables.doubles(new Stepping(columns, rows.mode(), rows.stepSeconds()));
        this.next = new float[CHANNELS * padded];
    }

    /**
     * The same table with A by columns, padded with zeros: (order, padded), then B (padded). Used
     * by one kernel, on one thread.
     */
    private record Columns(Discretisation rows, int order, int padded, double[] table)
            implements Discretisation {
        Columns(Discretisation rows, int order, int padded) {
            this(rows, order, padded, new double[rows.size()]);
        }

        @Override
        public int size() {
            return (order + 1) * padded;
        }

        @Override
        public void fill(double ratio, double[] columns) {
            rows.fill(ratio, table);
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < order; j++) {
                    columns[j * padded + i] = table[i * order + j];
                }
                columns[order * padded + i] = table[order * order + i];
            }
        }
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        float[] dt = batch.dt();
        float[] state = frame.states().floats();
        int rowFloats = frame.states().layout().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int channels = op.in().width();
        int width = op.out().width();
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.memory().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                double[] table = tables.after(dt[t]);
                int c = 0;
                for (; c + CHANNELS <= channels; c += CHANNELS) {
                    for (int i = 0; i < padded; i += TILE) {
                        fourChannels(state, row + c * order, table, in, t * channels + c, i);
                    }
                    keep(state, row + c * order, CHANNELS);
                }
                for (; c < channels; c++) {
                    for (int i = 0; i < padded; i += TILE) {
                        oneChannel(state, row + c * order, table, in[t * channels + c], i);
                    }
                    keep(state, row + c * order, 1);
                }
                System.arraycopy(state, row, out, t * width, width);
            }
        }
    }

    private void keep(float[] state, int row, int channels) {
        for (int c = 0; c < channels; c++) {
            System.arraycopy(next, c * padded, state, row + c * order, order);
        }
    }

    private void fourChannels(
            float[] state, int row0, double[] table, float[] in, int inAt, int i) {
        int row1 = row0 + order;
        int row2 = row1 + order;
        int row3 = row2 + order;
        DoubleVector b0 = DoubleVector.fromArray(Wide.SPECIES, table, order * padded + i);
        DoubleVector b1 = DoubleVector.fromArray(Wide.SPECIES, table, order * padded + i + LANES);
        DoubleVector x0 = b0.mul(in[inAt]);
        DoubleVector y0 = b1.mul(in[inAt]);
        DoubleVector x1 = b0.mul(in[inAt + 1]);
        DoubleVector y1 = b1.mul(in[inAt + 1]);
        DoubleVector x2 = b0.mul(in[inAt + 2]);
        DoubleVector y2 = b1.mul(in[inAt + 2]);
        DoubleVector x3 = b0.mul(in[inAt + 3]);
        DoubleVector y3 = b1.mul(in[inAt + 3]);
        int column = i;
        for (int j = 0; j < order; j++) {
            DoubleVector a0 = DoubleVector.fromArray(Wide.SPECIES, table, column);
            DoubleVector a1 = DoubleVector.fromArray(Wide.SPECIES, table, column + LANES);
            column += padded;
            DoubleVector m0 = DoubleVector.broadcast(Wide.SPECIES, state[row0 + j]);
            x0 = m0.fma(a0, x0);
            y0 = m0.fma(a1, y0);
            DoubleVector m1 = DoubleVector.broadcast(Wide.SPECIES, state[row1 + j]);
            x1 = m1.fma(a0, x1);
            y1 = m1.fma(a1, y1);
            DoubleVector m2 = DoubleVector.broadcast(Wide.SPECIES, state[row2 + j]);
            x2 = m2.fma(a0, x2);
            y2 = m2.fma(a1, y2);
            DoubleVector m3 = DoubleVector.broadcast(Wide.SPECIES, state[row3 + j]);
            x3 = m3.fma(a0, x3);
            y3 = m3.fma(a1, y3);
        }
        store(x0, y0, i);
        store(x1, y1, padded + i);
        store(x2, y2, 2 * padded + i);
        store(x3, y3, 3 * padded + i);
    }

    private void oneChannel(float[] state, int row, double[] table, float u, int i) {
        DoubleVector x = DoubleVector.fromArray(Wide.SPECIES, table, order * padded + i).mul(u);
        DoubleVector y =
                DoubleVector.fromArray(Wide.SPECIES, table, order * padded + i + LANES).mul(u);
        int column = i;
        for (int j = 0; j < order; j++) {
            DoubleVector m = DoubleVector.broadcast(Wide.SPECIES, state[row + j]);
            x = m.fma(DoubleVector.fromArray(Wide.SPECIES, table, column), x);
            y = m.fma(DoubleVector.fromArray(Wide.SPECIES, table, column + LANES), y);
            column += padded;
        }
        store(x, y, i);
    }

    private void store(DoubleVector x, DoubleVector y, int at) {
        Wide.narrow(x).intoArray(next, at);
        Wide.narrow(y).intoArray(next, at + LANES);
    }
}
