package io.oxbow.compute.vector;

import io.oxbow.compute.LeastSquares;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LeastSquares} of one stream or channel at a time, lanes along a column of U.
 *
 * <pre>
 * 1  residual_j = features_j + U_j' features      eight sums a column, added up as a tree
 * 2  D, innovation, gainLast                      one chain over the columns
 * 3  turn_j = -residual_j / innovation_j          divisions, many at a time
 * 4  U_j, gain                                    by {@link ColumnFold}
 * </pre>
 *
 * Sums run over eight lanes on every machine and everything else is by element, so the bits do not
 * depend on how wide this machine's vectors are. They differ from the scalar reference's by the
 * order of the sums of step 1 and of a prediction. Not thread-safe.
 */
final class ColumnLeastSquares implements LeastSquares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> SUMS = FloatVector.SPECIES_256;
    private static final int SUM_LANES = SUMS.length();
    private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;
    private static final int FOUR = QUARTER.length();

    private final int size;
    private final VectorMask<Float>[] leading = masks();
    private final float[] features;
    private final float[] partial;
    private final double[] residual;
    private final double[] diagonal;
    private final double[] innovation;
    private final float[] gainLast;
    private final float[] turn;
    private final float[] gain;
    private final ColumnFold fold;

    ColumnLeastSquares(int size) {
        int padded = (size + LANES) / LANES * LANES;
        this.size = size;
        this.features = new float[padded + SUM_LANES];
        this.partial = new float[size * SUM_LANES];
        this.residual = new double[padded + LANES];
        this.diagonal = new double[padded + LANES];
        this.innovation = new double[padded + LANES];
        this.gainLast = new float[padded];
        this.turn = new float[padded];
        this.gain = new float[padded];
        this.fold = new ColumnFold(size, turn, gainLast, gain);
        Arrays.fill(innovation, 1);
    }

    /** Whether vectors hold as many lanes as a sum has. */
    static boolean suits() {
        return LANES >= SUM_LANES;
    }

    /** For each count below that of the sums, that many leading lanes. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static VectorMask<Float>[] masks() {
        VectorMask[] masks = new VectorMask[SUM_LANES];
        for (int count = 0; count < masks.length; count++) {
            masks[count] = SUMS.indexInRange(0, count);
        }
        return masks;
    }

    @Override
    public void measure(float[] state, int packed, float[] phi, int at, double forgetting) {
        project(state, packed, phi, at);
        take(state, packed, 0, 1 / forgetting);
    }

    /** {@code residual = U' phi}. */
    private void project(float[] state, int packed, float[] phi, int at) {
        System.arraycopy(phi, at, features, 0, size);
        int column = packed;
        for (int j = 0; j < size; j++) {
            FloatVector sum = FloatVector.zero(SUMS);
            int i = 0;
            for (; i + SUM_LANES <= j; i += SUM_LANES) {
                FloatVector u = FloatVector.fromArray(SUMS, state, column + i);
                sum = sum.add(u.mul(FloatVector.fromArray(SUMS, features, i)));
            }
            VectorMask<Float> rest = leading[j - i];
            FloatVector u = FloatVector.fromArray(SUMS, state, column + i, rest);
            sum.add(u.mul(FloatVector.fromArray(SUMS, features, i)))
                    .intoArray(partial, j * SUM_LANES);
            column += j + 1;
        }
        for (int j = 0; j < size; j++) {
            residual[j] = features[j] + tree(partial, j * SUM_LANES);
        }
    }

    @Override
    public void measureOne(float[] state, int packed, int only, float coefficient) {
        residual[only] = coefficient;
        for (int j = only + 1; j < size; j++) {
            residual[j] = state[packed + j * (j + 1) / 2 + only] * coefficient;
        }
        take(state, packed, only, 1);
    }

    private static float tree(float[] p, int at) {
        float even = (p[at] + p[at + 4]) + (p[at + 2] + p[at + 6]);
        float odd = (p[at + 1] + p[at + 5]) + (p[at + 3] + p[at + 7]);
        return even + odd;
    }

    private void take(float[] state, int packed, int first, double inflation) {
        double sum = 1;
        for (int j = first; j < size; j++) {
            double f = residual[j];
            double d = state[packed + j * (j + 1) / 2 + j] * inflation;
            float g = (float) (d * f);
            innovation[j] = sum;
            sum += f * g;
            diagonal[j] = d;
            gainLast[j] = g;
        }
        innovation[size] = sum;
        for (int j = first; j < size; j += DOUBLES.length()) {
            DoubleVector before = DoubleVector.fromArray(DOUBLES, innovation, j);
            DoubleVector after = DoubleVector.fromArray(DOUBLES, innovation, j + 1);
            DoubleVector.fromArray(DOUBLES, diagonal, j)
                    .mul(before.div(after))
                    .intoArray(diagonal, j);
            DoubleVector.fromArray(DOUBLES, residual, j).neg().div(before).intoArray(residual, j);
        }
        for (int j = first; j < size; j++) {
            state[packed + j * (j + 1) / 2 + j] = (float) diagonal[j];
            turn[j] = (float) residual[j];
        }
        fold.run(state, packed, first);
    }

    @Override
    public double predict(float[] state, int weights, float[] phi, int at) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < size; i += 4) {
            s0 += (double) state[weights + i] * phi[at + i];
            s1 += (double) state[weights + i + 1] * phi[at + i + 1];
            s2 += (double) state[weights + i + 2] * phi[at + i + 2];
            s3 += (double) state[weights + i + 3] * phi[at + i + 3];
        }
        for (; i < size; i++) {
            s0 += (double) state[weights + i] * phi[at + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void predict(float[] state, int weights, float[] phi, float[] out) {
        int columns = out.length;
        int h = 0;
        for (; h + LANES <= columns; h += LANES) {
            predictLanes(state, weights + h, phi, columns).intoArray(out, h);
        }
        for (; h + FOUR <= columns; h += FOUR) {
            predictFour(state, weights + h, phi, columns).intoArray(out, h);
        }
        for (; h < columns; h++) {
            float sum = 0;
            for (int i = 0; i < size; i++) {
                sum += state[weights + i * columns + h] * phi[i];
            }
            out[h] = sum;
        }
    }

    // Twice the same: a species is only compiled to instructions where it is a constant.

    private FloatVector predictLanes(float[] state, int weights, float[] phi, int columns) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int at = weights;
        for (int i = 0; i < size; i++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, state, at).mul(phi[i]));
            at += columns;
        }
        return sum;
    }

    private FloatVector predictFour(float[] state, int weights, float[] phi, int columns) {
        FloatVector sum = FloatVector.zero(QUARTER);
        int at = weights;
        for (int i = 0; i < size; i++) {
            sum = sum.add(FloatVector.fromArray(QUARTER, state, at).mul(phi[i]));
            at += columns;
        }
        return sum;
    }

    @Override
    public void correct(float[] state, int weights, double error) {
        float factor = (float) (error / innovation[size]);
        int i = 0;
        for (; i + SUM_LANES <= size; i += SUM_LANES) {
            FloatVector.fromArray(SUMS, state, weights + i)
                    .add(FloatVector.fromArray(SUMS, gain, i).mul(factor))
                    .intoArray(state, weights + i);
        }
        for (; i < size; i++) {
            state[weights + i] += gain[i] * factor;
        }
    }

    @Override
    public void correct(float[] state, int weights, float[] errors) {
        int columns = errors.length;
        float share = (float) (1 / innovation[size]);
        for (int h = 0; h < columns; h++) {
            errors[h] *= share;
        }
        int h = 0;
        for (; h + LANES <= columns; h += LANES) {
            correctLanes(state, weights + h, errors, h);
        }
        for (; h + FOUR <= columns; h += FOUR) {
            correctFour(state, weights + h, errors, h);
        }
        for (; h < columns; h++) {
            for (int i = 0; i < size; i++) {
                state[weights + i * columns + h] += gain[i] * errors[h];
            }
        }
    }

    private void correctLanes(float[] state, int weights, float[] errors, int h) {
        FloatVector error = FloatVector.fromArray(SPECIES, errors, h);
        int at = weights;
        for (int i = 0; i < size; i++) {
            FloatVector.fromArray(SPECIES, state, at).add(error.mul(gain[i])).intoArray(state, at);
            at += errors.length;
        }
    }

    private void correctFour(float[] state, int weights, float[] errors, int h) {
        FloatVector error = FloatVector.fromArray(QUARTER, errors, h);
        int at = weights;
        for (int i = 0; i < size; i++) {
            FloatVector.fromArray(QUARTER, state, at).add(error.mul(gain[i])).intoArray(state, at);
            at += errors.length;
        }
    }
}
