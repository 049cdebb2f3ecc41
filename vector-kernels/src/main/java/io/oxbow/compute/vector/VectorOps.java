package io.oxbow.compute.vector;

import io.oxbow.compute.Availability;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.Activation;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.Gate;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.TimedRecurrence;
import io.oxbow.plan.TrapezoidScan;

/** The SIMD kernel of each operation that has one, and the proof that SIMD works here. */
final class VectorOps {

    /** With fewer lanes than this the plain loops, which C2 vectorises itself, are faster. */
    private static final int MIN_LANES = 4;

    private VectorOps() {}

    /** The SIMD kernel of {@code op}, or the scalar one where SIMD would not help. */
    static OpKernel compile(StepOp op) {
        if (op instanceof Linear linear) {
            return new VectorLinear(linear);
        }
        if (op instanceof DenseRecurrence recurrence) {
            return new VectorDenseRecurrence(recurrence);
        }
        if (op instanceof OnlineReadout readout) {
            return readout(readout);
        }
        if (op instanceof HorizonReadout readout && ColumnLeastSquares.suits()) {
            return ScalarBackend.compile(readout, new ColumnLeastSquares(readout.featureCount()));
        }
        if (op instanceof StateNovelty novelty && VectorNearestShape.suits(novelty.dimensions())) {
            return ScalarBackend.compile(novelty, new VectorNearestShape(novelty.places()));
        }
        if (op instanceof DiagonalScan scan && VectorDiagonalScan.suits(scan)) {
            return new VectorDiagonalScan(scan);
        }
        if (op instanceof DplrScan scan && VectorDplrScan.suits(scan)) {
            return new VectorDplrScan(scan);
        }
        if (op instanceof LegsRecurrence recurrence && VectorLegsRecurrence.suits(recurrence)) {
            return new VectorLegsRecurrence(recurrence);
        }
        if (op instanceof SelectiveScan scan) {
            return new VectorSelectiveScan(scan);
        }
        if (op instanceof ModalScan scan) {
            return new VectorModalScan(scan);
        }
        if (op instanceof TimedRecurrence recurrence) {
            return new VectorTimedRecurrence(recurrence);
        }
        if (op instanceof SsdScan scan) {
            return new VectorSsdScan(scan);
        }
        if (op instanceof TrapezoidScan scan) {
            return new VectorTrapezoidScan(scan);
        }
        if (op instanceof CausalConv conv) {
            return new VectorCausalConv(conv);
        }
        if (op instanceof RmsNorm norm) {
            return new VectorNorm(norm);
        }
        if (op instanceof LayerNorm norm) {
            return new VectorNorm(norm);
        }
        if (op instanceof Activation activation) {
            return new VectorElementwise(activation);
        }
        if (op instanceof Gate gate) {
            return new VectorElementwise(gate);
        }
        return ScalarBackend.compile(op);
    }

    private static OpKernel readout(OnlineReadout op) {
        if (VectorOnlineReadout.suits(op)) {
            return new VectorOnlineReadout(op);
        }
        return ColumnLeastSquares.suits()
                ? ScalarBackend.compile(op, new ColumnLeastSquares(op.featureCount()))
                : ScalarBackend.compile(op);
    }

    /**
     * Multiplies a small matrix and checks the product.
     *
     * @throws LinkageError where the incubating module is not readable
     */
    static Availability probe() {
        int lanes = PackedMatrix.SPECIES.length();
        if (lanes < MIN_LANES) {
            return new Availability.Unavailable(
                    "vectors here hold only " + lanes + " floats, plain Java is faster", null);
        }
        int size = 2 * lanes + 1;
        float[] weight = new float[size * size];
        float[] in = new float[size];
        for (int i = 0; i < size; i++) {
            weight[i * size + (i + 1) % size] = 2;
            in[i] = i;
        }
        float[] out = new float[size];
        new PackedMatrix(weight, size, size).accumulate(in, 0, 1, out, 0);
        for (int i = 0; i < size; i++) {
            if (out[i] != 2f * ((i + 1) % size)) {
                return new Availability.Unavailable("a trial product came out wrong", null);
            }
        }
        return new Availability.Available(
                PackedMatrix.SPECIES.vectorBitSize()
                        + "-bit vectors ("
                        + lanes
                        + " floats) on "
                        + System.getProperty("os.arch"));
    }
}
