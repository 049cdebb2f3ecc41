package io.oxbow.encode.video;

/**
 * The area average of a picture's luma on a grid of 64 x 48 cells, whatever its size and shape:
 * every sample counts by the area it shares with a cell. Sums are whole numbers, so that the result
 * does not depend on their order. One thread; memory is made anew only when the width changes.
 */
final class LumaGrid {
    static final int WIDTH = 64;
    static final int HEIGHT = 48;
    static final int CELLS = WIDTH * HEIGHT;

    /** Sums of the samples of a column within one row of cells, in 48ths. */
    private ColumnSums columns = new ColumnSums(0);

    /**
     * Averages a picture.
     *
     * @param grid (48, 64), row-major; luma levels 0..255
     */
    void average(LumaFrame frame, float[] grid) {
        int width = frame.width();
        int height = frame.height();
        if (columns.width() != width) {
            columns = new ColumnSums(width);
        }
        double area = (double) width * height;
        for (int row = 0; row < HEIGHT; row++) {
            sumColumns(frame, row * height, (row + 1) * height);
            sumCells(width, area, grid, row * WIDTH);
        }
    }

    /** Sums the rows between two heights, both in 48ths of a row. */
    private void sumColumns(LumaFrame frame, int from, int to) {
        byte[] luma = frame.luma();
        int stride = frame.lumaStride();
        int firstWhole = (from + HEIGHT - 1) / HEIGHT;
        int endWhole = to / HEIGHT;
        columns.sum(luma, stride, firstWhole, endWhole);
        columns.scale(HEIGHT);
        if (firstWhole > endWhole) {
            columns.addRow(luma, endWhole * stride, to - from);
            return;
        }
        if (firstWhole * HEIGHT > from) {
            columns.addRow(luma, (firstWhole - 1) * stride, firstWhole * HEIGHT - from);
        }
        if (endWhole * HEIGHT < to) {
            columns.addRow(luma, endWhole * stride, to - endWhole * HEIGHT);
        }
    }

    private void sumCells(int width, double area, float[] grid, int target) {
        int[] sums = columns.sums();
        for (int cell = 0; cell < WIDTH; cell++) {
            int from = cell * width;
            int to = from + width;
            int firstWhole = (from + WIDTH - 1) / WIDTH;
            int endWhole = to / WIDTH;
            long sum = 0;
            for (int x = firstWhole; x < endWhole; x++) {
                sum += sums[x];
            }
            sum *= WIDTH;
            if (firstWhole > endWhole) {
                sum += (long) (to - from) * sums[endWhole];
            } else {
                if (firstWhole * WIDTH > from) {
                    sum += (long) (firstWhole * WIDTH - from) * sums[firstWhole - 1];
                }
                if (endWhole * WIDTH < to) {
                    sum += (long) (to - endWhole * WIDTH) * sums[endWhole];
                }
            }
            grid[target + cell] = (float) (sum / area);
        }
    }
}
