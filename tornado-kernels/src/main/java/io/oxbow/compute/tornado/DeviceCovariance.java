package io.oxbow.compute.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The measurement update of a covariance kept as {@code U D U'} and packed by columns, inlined into
 * the kernels that call it: the formulas of the scalar reference's {@code TriangularCovariance}.
 */
final class DeviceCovariance {

    private DeviceCovariance() {}

    /**
     * Takes in one measurement of unit variance, after dividing the covariance by {@code
     * forgetting}.
     *
     * @param packed where the covariance lies in {@code states}
     * @param features the measurement's coefficients, {@code size} of them from {@code at} on
     * @param gain where the gain goes, {@code size} of it from {@code gains} on
     * @return the variance of the measurement, by which the gain is to be divided
     */
    static double measure(
            FloatArray states,
            int packed,
            FloatArray features,
            int at,
            double forgetting,
            FloatArray gain,
            int gains,
            int size) {
        double sum = 1;
        int column = packed;
        for (int j = 0; j < size; j++) {
            float f = features.get(at + j);
            for (int i = 0; i < j; i++) {
                f += states.get(column + i) * features.get(at + i);
            }
            double variance = states.get(column + j) / forgetting;
            sum = turn(states, column, j, f, variance, sum, gain, gains);
            column += j + 1;
        }
        return sum;
    }

    /**
     * As {@link #measure}, of one coefficient alone: what lies before it stays.
     *
     * @param only which one
     * @param coefficient its value
     */
    static double measureOne(
            FloatArray states,
            int packed,
            int only,
            float coefficient,
            FloatArray gain,
            int gains,
            int size) {
        double sum = 1;
        int column = packed + only * (only + 1) / 2;
        for (int i = 0; i < only; i++) {
            gain.set(gains + i, 0);
        }
        for (int j = only; j < size; j++) {
            float f = coefficient;
            if (j > only) {
                f = states.get(column + only) * coefficient;
            }
            double variance = states.get(column + j);
            sum = turn(states, column, j, f, variance, sum, gain, gains);
            column += j + 1;
        }
        return sum;
    }

    /** Rotates column {@code j} against the gain collected so far, and returns the sum with it. */
    private static double turn(
            FloatArray states,
            int column,
            int j,
            float f,
            double variance,
            double before,
            FloatArray gain,
            int gains) {
        float g = (float) (variance * f);
        double sum = before + (double) f * g;
        states.set(column + j, (float) (variance * (before / sum)));
        float turn = (float) (-f / before);
        for (int i = 0; i < j; i++) {
            float u = states.get(column + i);
            float k = gain.get(gains + i);
            states.set(column + i, u + k * turn);
            gain.set(gains + i, k + u * g);
        }
        gain.set(gains + j, g);
        return sum;
    }
}
