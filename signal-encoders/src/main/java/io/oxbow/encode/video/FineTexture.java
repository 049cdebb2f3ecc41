package io.oxbow.encode.video;

/**
 * The fine detail of a picture, which blur removes first: the mean squared difference of near
 * samples of a row, in each of 8 x 6 blocks, at the picture's full resolution. About 96 rows are
 * looked at. The distance grows with the width, so that sizes of one scene compare.
 */
final class FineTexture {
    static final int COLUMNS = 8;
    static final int ROWS = 6;
    static final int BLOCKS = COLUMNS * ROWS;

    private static final int SAMPLED_ROWS = 96;
    private static final int WIDTH_PER_STEP = 640;

    private FineTexture() {}

    /**
     * Measures a picture.
     *
     * @param energies (6, 8), row-major; squared luma levels; 0 where a block is too small
     */
    static void measure(LumaFrame frame, float[] energies) {
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
    }

    private static float energy(
            LumaFrame frame, int left, int right, int top, int bottom, int distance, int rowStep) {
        if (right <= left || bottom <= top) {
            return 0;
        }
        byte[] luma = frame.luma();
        long sum = 0;
        int rows = 0;
        for (int y = top; y < bottom; y += rowStep) {
            int row = y * frame.lumaStride();
            int rowSum = 0;
            for (int x = row + left; x < row + right; x++) {
                int difference = (luma[x + distance] & 0xff) - (luma[x] & 0xff);
                rowSum += difference * difference;
            }
            sum += rowSum;
            rows++;
        }
        return (float) ((double) sum / ((long) rows * (right - left)));
    }
}
