package io.oxbow.compute.scalar;

import io.oxbow.compute.NearestShape;

/** {@link NearestShape} in plain Java. */
final class ScalarNearestShape implements NearestShape {

    @Override
    public float square(float[] shape, float[] precision, float[] state, int sample, int places) {
        float nearest = Float.MAX_VALUE;
        for (int k = 0; k < places; k++) {
            int at = sample + k * shape.length;
            nearest = Math.min(nearest, square(shape, 0, precision, state, at));
        }
        return nearest;
    }

    /** Four sums side by side, so that one does not wait for the other. */
    static float square(float[] x, int from, float[] precision, float[] state, int at) {
        int dimensions = precision.length;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < dimensions; i += 4) {
            float d0 = x[from + i] - state[at + i];
            float d1 = x[from + i + 1] - state[at + i + 1];
            float d2 = x[from + i + 2] - state[at + i + 2];
            float d3 = x[from + i + 3] - state[at + i + 3];
            s0 += d0 * d0 * precision[i];
            s1 += d1 * d1 * precision[i + 1];
            s2 += d2 * d2 * precision[i + 2];
            s3 += d3 * d3 * precision[i + 3];
        }
        for (; i < dimensions; i++) {
            float d = x[from + i] - state[at + i];
            s0 += d * d * precision[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
