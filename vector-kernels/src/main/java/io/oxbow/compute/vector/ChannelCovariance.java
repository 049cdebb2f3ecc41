package io.oxbow.compute.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The least-squares covariances {@code P = U D U'} of one group of channels, a lane a channel, and
 * their measurement update (Bierman 1977, V.3).
 *
 * <pre>
 * packed (packedLength, LANES)   columns of U above its diagonal, each followed by its D
 * gain   (size, LANES)           of the last measurement
 * </pre>
 *
 * Each lane does what the scalar reference does, operation for operation: equal bits. Lanes without
 * a channel hold zeros and stay finite. Not thread-safe.
 */
final class ChannelCovariance {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private final int size;
    private final float[] packed;
    private final float[] gain;
    private final double[] innovation = new double[LANES];
    private final float[] residual = new float[LANES];
    private final float[] turn = new float[LANES];
    private final float[] gainLast = new float[LANES];
    private final float[] factor = new float[LANES];

    ChannelCovariance(int size) {
        this.size = size;
        this.packed = new float[size * (size + 1) / 2 * LANES];
        this.gain = new float[size * LANES];
    }

    /** (packedLength, LANES): the owner loads it before the first measurement of a stream. */
    float[] packed() {
        return packed;
    }

    /**
     * Takes in one measurement of unit variance a lane, after dividing P by {@code forgetting}.
     *
     * @param features (size, LANES)
     */
    void measure(float[] features, double forgetting) {
        begin(0);
        for (int j = 0; j < size; j++) {
            int column = j * (j + 1) / 2;
            FloatVector f =
                    FloatVector.fromArray(SPECIES, features, j * LANES)
                            .add(dot(features, column, j));
            f.intoArray(residual, 0);
            rotate(column, j, 1 / forgetting);
        }
    }

    /** Takes in a measurement of the weight {@code only} alone, by {@code coefficient}. */
    void measureOne(int only, float coefficient) {
        begin(only);
        for (int j = only; j < size; j++) {
            int column = j * (j + 1) / 2;
            if (j == only) {
                FloatVector.broadcast(SPECIES, coefficient).intoArray(residual, 0);
            } else {
                FloatVector.fromArray(SPECIES, packed, (column + only) * LANES)
                        .mul(coefficient)
                        .intoArray(residual, 0);
            }
            rotate(column, j, 1);
        }
    }

    /**
     * Moves weights by the gain of the last measurement times its error.
     *
     * @param weights (size, LANES)
     * @param error (LANES)
     */
    void correct(float[] weights, double[] error) {
        for (int lane = 0; lane < LANES; lane++) {
            factor[lane] = (float) (error[lane] / innovation[lane]);
        }
        FloatVector step = FloatVector.fromArray(SPECIES, factor, 0);
        for (int at = 0; at < size * LANES; at += LANES) {
            FloatVector.fromArray(SPECIES, weights, at)
                    .add(FloatVector.fromArray(SPECIES, gain, at).mul(step))
                    .intoArray(weights, at);
        }
    }

    private void begin(int first) {
        Arrays.fill(gain, 0, first * LANES, 0f);
        Arrays.fill(innovation, 1);
    }

    /** Four sums side by side, in the order of the scalar reference. */
    private FloatVector dot(float[] features, int column, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        int u = column * LANES;
        int x = 0;
        for (; i + 3 < length; i += 4) {
            s0 = s0.add(product(u, features, x));
            s1 = s1.add(product(u + LANES, features, x + LANES));
            s2 = s2.add(product(u + 2 * LANES, features, x + 2 * LANES));
            s3 = s3.add(product(u + 3 * LANES, features, x + 3 * LANES));
            u += 4 * LANES;
            x += 4 * LANES;
        }
        for (; i < length; i++) {
            s0 = s0.add(product(u, features, x));
            u += LANES;
            x += LANES;
        }
        return s0.add(s1).add(s2.add(s3));
    }

    private FloatVector product(int at, float[] features, int x) {
        return FloatVector.fromArray(SPECIES, packed, at)
                .mul(FloatVector.fromArray(SPECIES, features, x));
    }

    /** Turns column {@code j} against the gain so far, by {@link #residual}. */
    private void rotate(int column, int j, double inflation) {
        int diagonal = (column + j) * LANES;
        for (int lane = 0; lane < LANES; lane++) {
            float f = residual[lane];
            double d = packed[diagonal + lane] * inflation;
            float g = (float) (d * f);
            double before = innovation[lane];
            double after = before + (double) f * g;
            innovation[lane] = after;
            packed[diagonal + lane] = (float) (d * (before / after));
            turn[lane] = (float) (-f / before);
            gainLast[lane] = g;
        }
        FloatVector t = FloatVector.fromArray(SPECIES, turn, 0);
        FloatVector g = FloatVector.fromArray(SPECIES, gainLast, 0);
        int at = column * LANES;
        for (int k = 0; k < j * LANES; k += LANES) {
            FloatVector u = FloatVector.fromArray(SPECIES, packed, at + k);
            FloatVector collected = FloatVector.fromArray(SPECIES, gain, k);
            u.add(collected.mul(t)).intoArray(packed, at + k);
            collected.add(u.mul(g)).intoArray(gain, k);
        }
        g.intoArray(gain, j * LANES);
    }
}
