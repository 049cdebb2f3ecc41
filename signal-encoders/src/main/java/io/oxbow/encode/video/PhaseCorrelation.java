package io.oxbow.encode.video;

/**
 * How far one grid is shifted against another, by phase correlation (Kuglin and Hines 1975) with
 * the cross spectrum damped where both pictures are faint, so that the noise of a bare scene does
 * not outvote its few edges. Both grids go through one transform as the real and the imaginary
 * part. One thread.
 */
final class PhaseCorrelation {
    /** Share of the mean cross power below which a frequency counts as faint. */
    private static final float DAMPING = 0.1f;

    /** What stands still in front of a moved view has a peak of its own, and may be the highest. */
    static final int MAX_PEAKS = 8;

    private static final int SIZE = Fourier64.SIZE;
    private static final int REACH_X = LumaGrid.WIDTH / 2 - 1;
    private static final int REACH_Y = LumaGrid.HEIGHT / 2 - 1;

    private final float[] windowX = hann(LumaGrid.WIDTH);
    private final float[] windowY = hann(LumaGrid.HEIGHT);
    private final float[] real = new float[Fourier64.CELLS];
    private final float[] imaginary = new float[Fourier64.CELLS];
    private final float[] crossReal = new float[Fourier64.CELLS];
    private final float[] crossImaginary = new float[Fourier64.CELLS];
    private final float[] magnitudes = new float[Fourier64.CELLS];
    private final float[] heights = new float[MAX_PEAKS];
    private final int[] shiftsX = new int[MAX_PEAKS];
    private final int[] shiftsY = new int[MAX_PEAKS];
    private int peaks;

    /**
     * Finds the shifts that best carry {@code reference} onto {@code grid}: {@code grid[y +
     * shiftY][x + shiftX]} shows what {@code reference[y][x]} showed.
     */
    void estimate(float[] grid, float[] reference) {
        load(grid, real);
        load(reference, imaginary);
        Fourier64.transform(real, imaginary);
        crossSpectrum();
        // The inverse transform: the forward one with the parts exchanged.
        Fourier64.transform(crossImaginary, crossReal);
        findPeaks();
    }

    /** Shifts found, at most {@link #MAX_PEAKS}, the likeliest first. */
    int peaks() {
        return peaks;
    }

    /** Cells to the right. */
    int shiftX(int peak) {
        return shiftsX[peak];
    }

    /** Cells downwards. */
    int shiftY(int peak) {
        return shiftsY[peak];
    }

    private void load(float[] grid, float[] field) {
        double sum = 0;
        for (float value : grid) {
            sum += value;
        }
        float mean = (float) (sum / LumaGrid.CELLS);
        for (int y = 0; y < LumaGrid.HEIGHT; y++) {
            for (int x = 0; x < LumaGrid.WIDTH; x++) {
                field[y * SIZE + x] =
                        (grid[y * LumaGrid.WIDTH + x] - mean) * windowX[x] * windowY[y];
            }
        }
        java.util.Arrays.fill(field, LumaGrid.HEIGHT * SIZE, field.length, 0f);
    }

    /** Parts the two spectra (the transform of a real field is Hermitian) and multiplies them. */
    private void crossSpectrum() {
        double power = 0;
        for (int v = 0; v < SIZE; v++) {
            int mirroredRow = ((SIZE - v) & (SIZE - 1)) * SIZE;
            for (int u = 0; u < SIZE; u++) {
                int k = v * SIZE + u;
                int mirrored = mirroredRow + ((SIZE - u) & (SIZE - 1));
                float gridReal = real[k] + real[mirrored];
                float gridImaginary = imaginary[k] - imaginary[mirrored];
                float referenceReal = imaginary[k] + imaginary[mirrored];
                float referenceImaginary = real[mirrored] - real[k];
                float r = gridReal * referenceReal + gridImaginary * referenceImaginary;
                float i = gridImaginary * referenceReal - gridReal * referenceImaginary;
                crossReal[k] = r;
                crossImaginary[k] = i;
                magnitudes[k] = (float) Math.sqrt(r * r + i * i);
                power += magnitudes[k];
            }
        }
        float damping = DAMPING * (float) (power / Fourier64.CELLS) + Float.MIN_NORMAL;
        for (int k = 0; k < Fourier64.CELLS; k++) {
            float scale = 1 / (magnitudes[k] + damping);
            crossReal[k] *= scale;
            crossImaginary[k] *= scale;
        }
    }

    /** The highest local maxima, in order of height. */
    private void findPeaks() {
        peaks = 0;
        for (int y = -REACH_Y; y <= REACH_Y; y++) {
            for (int x = -REACH_X; x <= REACH_X; x++) {
                float height = heightAt(x, y);
                boolean highest =
                        height >= heightAt(x - 1, y)
                                && height > heightAt(x + 1, y)
                                && height >= heightAt(x, y - 1)
                                && height > heightAt(x, y + 1);
                if (highest) {
                    insert(x, y, height);
                }
            }
        }
    }

    private float heightAt(int x, int y) {
        return crossReal[(y & (SIZE - 1)) * SIZE + (x & (SIZE - 1))];
    }

    private void insert(int x, int y, float height) {
        int i = Math.min(peaks, MAX_PEAKS - 1);
        if (peaks == MAX_PEAKS && heights[i] >= height) {
            return;
        }
        peaks = Math.min(peaks + 1, MAX_PEAKS);
        for (; i > 0 && heights[i - 1] < height; i--) {
            heights[i] = heights[i - 1];
            shiftsX[i] = shiftsX[i - 1];
            shiftsY[i] = shiftsY[i - 1];
        }
        heights[i] = height;
        shiftsX[i] = x;
        shiftsY[i] = y;
    }

    private static float[] hann(int length) {
        float[] window = new float[length];
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length));
        }
        return window;
    }
}
