package io.oxbow.encode.video;

/**
 * The discrete Fourier transform of a complex 64 x 64 field, in place, unnormalised, radix 2,
 * decimation in time (Cooley and Tukey 1965). All columns go through a butterfly together, so that
 * the inner loop runs along memory.
 *
 * <p>The spectrum comes out transposed: {@code [u][v]} for a field {@code [y][x]} with v the
 * frequency along y. A second transform transposes back.
 */
final class Fourier64 {
    static final int SIZE = 64;
    static final int CELLS = SIZE * SIZE;

    private static final int BITS = 6;
    private static final float[] COSINE = new float[SIZE / 2];
    private static final float[] SINE = new float[SIZE / 2];

    static {
        for (int i = 0; i < SIZE / 2; i++) {
            COSINE[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
            SINE[i] = (float) Math.sin(2 * Math.PI * i / SIZE);
        }
    }

    private Fourier64() {}

    /** Forward transform, exp(-i...). Exchange the two parts for the inverse. */
    static void transform(float[] real, float[] imaginary) {
        transformColumns(real, imaginary);
        transpose(real);
        transpose(imaginary);
        transformColumns(real, imaginary);
    }

    private static void transformColumns(float[] real, float[] imaginary) {
        for (int i = 1; i < SIZE; i++) {
            int j = Integer.reverse(i) >>> (32 - BITS);
            if (j > i) {
                swapRows(real, i, j);
                swapRows(imaginary, i, j);
            }
        }
        for (int half = 1; half < SIZE; half <<= 1) {
            int turn = SIZE / 2 / half;
            for (int start = 0; start < SIZE; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    butterfly(
                            real,
                            imaginary,
                            (start + k) * SIZE,
                            (start + k + half) * SIZE,
                            COSINE[k * turn],
                            -SINE[k * turn]);
                }
            }
        }
    }

    private static void butterfly(
            float[] real, float[] imaginary, int upper, int lower, float c, float s) {
        for (int x = 0; x < SIZE; x++) {
            float lowerReal = real[lower + x];
            float lowerImaginary = imaginary[lower + x];
            float r = lowerReal * c - lowerImaginary * s;
            float i = lowerReal * s + lowerImaginary * c;
            float upperReal = real[upper + x];
            float upperImaginary = imaginary[upper + x];
            real[lower + x] = upperReal - r;
            imaginary[lower + x] = upperImaginary - i;
            real[upper + x] = upperReal + r;
            imaginary[upper + x] = upperImaginary + i;
        }
    }

    private static void swapRows(float[] field, int a, int b) {
        for (int x = 0; x < SIZE; x++) {
            float kept = field[a * SIZE + x];
            field[a * SIZE + x] = field[b * SIZE + x];
            field[b * SIZE + x] = kept;
        }
    }

    private static void transpose(float[] field) {
        for (int y = 1; y < SIZE; y++) {
            for (int x = 0; x < y; x++) {
                float kept = field[y * SIZE + x];
                field[y * SIZE + x] = field[x * SIZE + y];
                field[x * SIZE + y] = kept;
            }
        }
    }
}
