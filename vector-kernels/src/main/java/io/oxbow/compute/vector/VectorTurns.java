package io.oxbow.compute.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Angles that add up, kept within a turn as the sum of two floats, and pairs of values turned by
 * them. Angles advance with the bits of the scalar reference; sine and cosine are polynomials,
 * right to a float.
 *
 * <p>Not thread-safe: holds the sines of the head that was advanced last.
 */
final class VectorTurns {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final double TURN = 2 * Math.PI;

    /** Adding and taking it away rounds a double to a whole number, halves to even. */
    private static final double TO_WHOLE = 0x1.8p52;

    /** (sin x - x) / x^3 in x^2: minimax on |x| <= pi / 4. */
    private static final double S0 = -0.1666666664161714;

    private static final double S1 = 0.008333329384776147;
    private static final double S2 = -0.00019839334471816368;
    private static final double S3 = 2.718307973973596e-06;

    /** (cos x - 1 + x^2 / 2) / x^4 in x^2: minimax on |x| <= pi / 4. */
    private static final double C0 = 0.0416666666228121;

    private static final double C1 = -0.001388888375198802;
    private static final double C2 = 2.479951962378189e-05;
    private static final double C3 = -2.721020528875887e-07;

    private static final VectorShuffle<Float> SWAP_PAIRS =
            VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);

    private final int angles;

    /** (angles): within half a turn. */
    private final double[] reduced;

    private final float[] cos;
    private final float[] sin;

    /** (2 angles): each cosine twice. */
    private final float[] along;

    /** (2 angles): each sine twice, the first negative. */
    private final float[] across;

    VectorTurns(int angles) {
        this.angles = angles;
        this.reduced = new double[angles];
        this.cos = new float[angles];
        this.sin = new float[angles];
        this.along = new float[2 * angles];
        this.across = new float[2 * angles];
    }

    /**
     * Adds {@code pi dt rotation} to the angles.
     *
     * @param high where their first floats lie in {@code state}
     * @param low where what those could not hold lies
     */
    void advance(float[] state, int high, int low, double dt, float[] rotation, int from) {
        double speed = Math.PI * dt;
        int j = 0;
        for (; j + Wide.LANES <= angles; j += Wide.LANES) {
            DoubleVector angle = Wide.load(state, high + j).add(Wide.load(state, low + j));
            angle = angle.add(Wide.load(rotation, from + j).mul(speed));
            DoubleVector turns = angle.div(TURN).add(TO_WHOLE).sub(TO_WHOLE);
            angle = angle.sub(turns.mul(TURN));
            FloatVector rounded = Wide.narrow(angle);
            rounded.intoArray(state, high + j);
            Wide.narrow(angle.sub(Wide.of(rounded))).intoArray(state, low + j);
            angle.intoArray(reduced, j);
        }
        sinAndCos(j);
        for (; j < angles; j++) {
            double angle = (double) state[high + j] + state[low + j];
            angle += speed * rotation[from + j];
            angle -= TURN * Math.rint(angle / TURN);
            state[high + j] = (float) angle;
            state[low + j] = (float) (angle - state[high + j]);
            cos[j] = (float) Math.cos(angle);
            sin[j] = (float) Math.sin(angle);
        }
        for (j = 0; j < angles; j++) {
            along[2 * j] = cos[j];
            along[2 * j + 1] = cos[j];
            across[2 * j] = -sin[j];
            across[2 * j + 1] = sin[j];
        }
    }

    /** Of the first {@code count} angles, whole vectors, all between minus and plus half a turn. */
    private void sinAndCos(int count) {
        for (int j = 0; j < count; j += Wide.LANES) {
            DoubleVector angle = DoubleVector.fromArray(Wide.SPECIES, reduced, j);
            DoubleVector quarter = angle.mul(2 / Math.PI).add(TO_WHOLE).sub(TO_WHOLE);
            DoubleVector x = angle.sub(quarter.mul(Math.PI / 2));
            DoubleVector z = x.mul(x);
            DoubleVector s = z.mul(S3).add(S2).mul(z).add(S1).mul(z).add(S0).mul(z).mul(x).add(x);
            DoubleVector c = z.mul(C3).add(C2).mul(z).add(C1).mul(z).add(C0).mul(z).sub(0.5).mul(z);
            c = c.add(1);
            // A quarter turned by -1 or 1 swaps the two; by -2 or 2 it negates both.
            DoubleVector size = quarter.abs();
            VectorMask<Double> odd = size.compare(VectorOperators.EQ, 1);
            DoubleVector sign = size.neg().add(1);
            Wide.narrow(s.mul(sign).blend(c.mul(quarter), odd)).intoArray(sin, j);
            Wide.narrow(c.mul(sign).blend(s.mul(quarter).neg(), odd)).intoArray(cos, j);
        }
    }

    /** Turns the pairs (0, 1), (2, 3), ... of {@code values}, a pair an angle. */
    void turn(float[] values) {
        int i = 0;
        for (; i + LANES <= 2 * angles; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, values, i);
            FloatVector other = value.rearrange(SWAP_PAIRS);
            value.mul(FloatVector.fromArray(SPECIES, along, i))
                    .add(other.mul(FloatVector.fromArray(SPECIES, across, i)))
                    .intoArray(values, i);
        }
        for (; i < 2 * angles; i += 2) {
            float first = values[i];
            float second = values[i + 1];
            values[i] = first * along[i] + second * across[i];
            values[i + 1] = second * along[i + 1] + first * across[i + 1];
        }
    }
}
