package io.oxbow.encode.image;

import java.util.Arrays;

/**
 * Resizes one line of samples: bilinear where it grows, and where it shrinks a triangle as wide as
 * two of the samples that come of it, so that nothing is left out. Immutable.
 */
final class TriangleFilter {
    private final int from;
    private final int[] starts;

    /** Where the weights of a sample begin; one more than there are samples. */
    private final int[] offsets;

    private final float[] weights;

    /**
     * @param from samples of a line
     * @param to samples that come of them
     */
    TriangleFilter(int from, int to) {
        this.from = from;
        this.starts = new int[to];
        this.offsets = new int[to + 1];
        double scale = (double) from / to;
        double radius = Math.max(1, scale);
        float[] all = new float[to * (2 * (int) Math.ceil(radius) + 1)];
        int used = 0;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int start = (int) Math.max(0, Math.floor(centre - radius));
            int end = (int) Math.min(from, Math.ceil(centre + radius));
            double sum = 0;
            for (int x = start; x < end; x++) {
                sum += weight(x, centre, radius);
            }
            starts[i] = start;
            for (int x = start; x < end; x++) {
                all[used++] = (float) (weight(x, centre, radius) / sum);
            }
            offsets[i + 1] = used;
        }
        this.weights = all;
    }

    private static double weight(int x, double centre, double radius) {
        return Math.max(0, 1 - Math.abs(x + 0.5 - centre) / radius);
    }

    /** Samples of a line. */
    int from() {
        return from;
    }

    /** Samples that come of it. */
    int to() {
        return starts.length;
    }

    /** Mixes the rows of a plane that make row {@code i}; {@code row} has room for one of them. */
    void mixRows(int i, byte[] plane, int stride, int width, float[] row) {
        Arrays.fill(row, 0, width, 0);
        int at = starts[i] * stride;
        for (int w = offsets[i]; w < offsets[i + 1]; w++, at += stride) {
            float weight = weights[w];
            for (int x = 0; x < width; x++) {
                row[x] += weight * (plane[at + x] & 0xff);
            }
        }
    }

    /** Resizes a row into {@code target} from {@code offset}. */
    void resizeRow(float[] row, float[] target, int offset) {
        for (int i = 0; i < starts.length; i++) {
            int x = starts[i];
            float sum = 0;
            for (int w = offsets[i]; w < offsets[i + 1]; w++) {
                sum += weights[w] * row[x++];
            }
            target[offset + i] = sum;
        }
    }
}
