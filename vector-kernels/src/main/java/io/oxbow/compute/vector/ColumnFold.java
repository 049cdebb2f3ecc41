package io.oxbow.compute.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The last part of a measurement of a covariance {@code P = U D U'}: each column of U turns against
 * the gain that the columns before it have collected.
 *
 * <pre>
 * gain_i  = gainLast_i
 * U_ij   += gain_i turn_j,  gain_i += U_ij gainLast_j        j = i + 1, i + 2, ..., U_ij as it was
 * </pre>
 *
 * Rows do not need each other, so eight of them go through the columns together. Only whole vectors
 * are stored: under a mask that is slow on some processors, and a store that the load of the next
 * column overlaps is slow on all. Not thread-safe.
 */
final class ColumnFold {
    private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
    private static final int EIGHT = HALF.length();
    private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;
    private static final int FOUR = QUARTER.length();

    private final int size;
    private final float[] turn;
    private final float[] gainLast;
    private final float[] gain;

    /**
     * @param turn (size), read
     * @param gainLast (size), read
     * @param gain (size), written
     */
    ColumnFold(int size, float[] turn, float[] gainLast, float[] gain) {
        this.size = size;
        this.turn = turn;
        this.gainLast = gainLast;
        this.gain = gain;
    }

    /**
     * Turns the columns from {@code first} on; earlier ones of the four that {@code first} belongs
     * to are turned by nothing.
     */
    void run(float[] state, int packed, int first) {
        Arrays.fill(turn, first & -FOUR, first, 0f);
        Arrays.fill(gainLast, first & -FOUR, first, 0f);
        int row = 0;
        for (; row + EIGHT <= size; row += EIGHT) {
            foldFour(state, packed, row, first, Math.min(row + EIGHT, size));
            foldFour(state, packed, row + FOUR, first, Math.min(row + EIGHT, size));
            FloatVector k = FloatVector.fromArray(HALF, gain, row);
            int j = Math.max(row + EIGHT, first & -FOUR);
            int at = packed + j * (j + 1) / 2 + row;
            for (; j < size; j++) {
                FloatVector u = FloatVector.fromArray(HALF, state, at);
                u.add(k.mul(turn[j])).intoArray(state, at);
                k = k.add(u.mul(gainLast[j]));
                at += j + 1;
            }
            k.intoArray(gain, row);
        }
        if (row + FOUR <= size) {
            foldFour(state, packed, row, first, size);
            row += FOUR;
        }
        for (; row < size; row++) {
            foldOne(state, packed, row, first);
        }
    }

    /** The columns up to {@code end} in four rows, into their gain. */
    private void foldFour(float[] state, int packed, int row, int first, int end) {
        FloatVector k = FloatVector.zero(QUARTER);
        int j = Math.max(row, first & -FOUR);
        int at = packed + j * (j + 1) / 2 + row;
        if (j == row && j < end) {
            int second = at + row + 1;
            int third = second + row + 2;
            int fourth = third + row + 3;
            float k0 = gainLast[row];
            float u0 = state[second];
            state[second] = u0 + k0 * turn[row + 1];
            k0 += u0 * gainLast[row + 1];
            float k1 = gainLast[row + 1];

            u0 = state[third];
            float u1 = state[third + 1];
            float t = turn[row + 2];
            float g = gainLast[row + 2];
            state[third] = u0 + k0 * t;
            state[third + 1] = u1 + k1 * t;
            k0 += u0 * g;
            k1 += u1 * g;
            float k2 = g;

            u0 = state[fourth];
            u1 = state[fourth + 1];
            float u2 = state[fourth + 2];
            t = turn[row + 3];
            g = gainLast[row + 3];
            state[fourth] = u0 + k0 * t;
            state[fourth + 1] = u1 + k1 * t;
            state[fourth + 2] = u2 + k2 * t;
            k0 += u0 * g;
            k1 += u1 * g;
            k2 += u2 * g;
            k = k.withLane(0, k0).withLane(1, k1).withLane(2, k2).withLane(FOUR - 1, g);
            j += FOUR;
            at = fourth + row + FOUR;
        }
        for (; j < end; j++) {
            FloatVector u = FloatVector.fromArray(QUARTER, state, at);
            u.add(k.mul(turn[j])).intoArray(state, at);
            k = k.add(u.mul(gainLast[j]));
            at += j + 1;
        }
        k.intoArray(gain, row);
    }

    private void foldOne(float[] state, int packed, int row, int first) {
        float k = row < first ? 0 : gainLast[row];
        int j = Math.max(row + 1, first);
        int at = packed + j * (j + 1) / 2 + row;
        for (; j < size; j++) {
            float u = state[at];
            state[at] = u + k * turn[j];
            k += u * gainLast[j];
            at += j + 1;
        }
        gain[row] = k;
    }
}
