package io.oxbow.compute.vector;

import io.oxbow.compute.NearestShape;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link NearestShape}, four lanes a place: the four sums of the scalar reference, hence its bits.
 * As many places as fit lie in one vector when a shape is as short as a sum is wide.
 */
final class VectorNearestShape implements NearestShape {
    private static final int SUMS = 4;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private final float[] sums;
    private final float[] shapes = new float[LANES];
    private final float[] precisions = new float[LANES];

    VectorNearestShape(int places) {
        this.sums = new float[places * SUMS + LANES];
    }

    /** Whether shapes of that many numbers fall into sums of equal length. */
    static boolean suits(int dimensions) {
        return dimensions % SUMS == 0;
    }

    @Override
    public float square(float[] shape, float[] precision, float[] state, int sample, int places) {
        if (shape.length == SUMS) {
            several(shape, precision, state, sample, places);
        } else {
            each(shape, precision, state, sample, places);
        }
        float nearest = Float.MAX_VALUE;
        for (int k = 0; k < places * SUMS; k += SUMS) {
            float square = (sums[k] + sums[k + 1]) + (sums[k + 2] + sums[k + 3]);
            nearest = square < nearest ? square : nearest;
        }
        return nearest;
    }

    private void several(float[] shape, float[] precision, float[] state, int sample, int places) {
        for (int lane = 0; lane < LANES; lane++) {
            shapes[lane] = shape[lane % SUMS];
            precisions[lane] = precision[lane % SUMS];
        }
        FloatVector x = FloatVector.fromArray(SPECIES, shapes, 0);
        FloatVector p = FloatVector.fromArray(SPECIES, precisions, 0);
        int length = places * SUMS;
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = x.sub(FloatVector.fromArray(SPECIES, state, sample + i));
            d.mul(d).mul(p).intoArray(sums, i);
        }
        for (int i = whole; i < length; i++) {
            float d = shape[i % SUMS] - state[sample + i];
            sums[i] = d * d * precision[i % SUMS];
        }
    }

    private void each(float[] shape, float[] precision, float[] state, int sample, int places) {
        int dimensions = shape.length;
        int at = sample;
        for (int k = 0; k < places; k++) {
            FloatVector sum = FloatVector.zero(FOUR);
            for (int i = 0; i < dimensions; i += SUMS) {
                FloatVector x = FloatVector.fromArray(FOUR, shape, i);
                FloatVector d = x.sub(FloatVector.fromArray(FOUR, state, at + i));
                sum = sum.add(d.mul(d).mul(FloatVector.fromArray(FOUR, precision, i)));
            }
            sum.intoArray(sums, k * SUMS);
            at += dimensions;
        }
    }
}
