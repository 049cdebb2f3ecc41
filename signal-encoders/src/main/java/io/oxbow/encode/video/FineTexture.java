package io.oxbow.encode.video;

import java.util.Arrays;

/**
 * The fine detail of a picture, which blur removes first: in each of 8 x 6 blocks the mean square
 * of those differences of near samples of a row that stand out of the noise, at the picture's full
 * resolution. About 96 rows are looked at. The distance grows with the width, so that sizes of one
 * scene compare. One thread.
 */
final class FineTexture {
    static final int COLUMNS = 8;
    static final int ROWS = 6;
    static final int BLOCKS = COLUMNS * ROWS;

    private static final int SAMPLED_ROWS = 96;
    private static final int WIDTH_PER_STEP = 640;

    private final int[] counts = new int[256];
    private final int[] squares = new int[256];
    private int threshold = -1;

    /**
     * Measures a picture.
     *
     * @param leastDifference differences below count as noise, luma levels
     * @param energies (6, 8), row-major; squared luma levels; 0 where a block is too small
     * @return the median difference of near samples: what is noise where most of a picture is plain
     */
    float measure(LumaFrame frame, float leastDifference, float[] energies) {
        setThreshold(Math.round(leastDifference));
        Arrays.fill(counts, 0);
        int width = frame.width();
        int height = frame.height();
        int distance = Math.max(1, Math.round((float) width / WIDTH_PER_STEP));
        int rowStep = Math.max(1, height / SAMPLED_ROWS);
        for (int row = 0; row < ROWS; row++) {
            int top = row * height / ROWS;
            int bottom = (row + 1) * height / ROWS;
            for (int column = 0; column < COLUMNS; column++) {
                int left = column * width / COLUMNS;
                int right = (column + 1) * width / COLUMNS - distance;
                energies[row * COLUMNS + column] =
                        energy(frame, left, right, top, bottom, distance, rowStep);
            }
        }
        return median();
    }

    private void setThreshold(int least) {
        if (least != threshold) {
            threshold = least;
            for (int difference = 0; difference < squares.length; difference++) {
                squares[difference] = difference < least ? 0 : difference * difference;
            }
        }
    }

    private float energy(
            LumaFrame frame, int left, int right, int top, int bottom, int distance, int rowStep) {
        if (right <= left || bottom <= top) {
            return 0;
        }
        byte[] luma = frame.luma();
        int[] histogram = counts;
        int[] square = squares;
        long sum = 0;
        int rows = 0;
        for (int y = top; y < bottom; y += rowStep) {
            int row = y * frame.lumaStride();
            int rowSum = 0;
            for (int x = row + left; x < row + right; x++) {
                int difference = Math.abs((luma[x + distance] & 0xff) - (luma[x] & 0xff));
                histogram[difference]++;
                rowSum += square[difference];
            }
            sum += rowSum;
            rows++;
        }
        return (float) ((double) sum / ((long) rows * (right - left)));
    }

    /** With the place within the level that holds the middle, so that it moves smoothly. */
    private float median() {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        long below = 0;
        for (int difference = 0; difference < counts.length; difference++) {
            int count = counts[difference];
            if (2 * (below + count) >= total && count > 0) {
                return Math.max(0, difference - 0.5f + (total / 2f - below) / count);
            }
            below += count;
        }
        return 0;
    }
}
