package io.oxbow.encode.video;

/** How the cells of the grid fall into 6 columns x 4 rows of tiles, row by row. */
final class Tiles {
    static final int COLUMNS = 6;
    static final int ROWS = 4;
    static final int COUNT = COLUMNS * ROWS;

    private static final int[] COLUMN_OF_CELL = columnOfCell();
    private static final int[] CELLS = cells();

    private Tiles() {}

    private static int[] columnOfCell() {
        int[] columns = new int[LumaGrid.WIDTH];
        for (int x = 0; x < LumaGrid.WIDTH; x++) {
            columns[x] = x * COLUMNS / LumaGrid.WIDTH;
        }
        return columns;
    }

    /** First tile of the row of tiles that a row of cells belongs to. */
    private static int rowStart(int y) {
        return y * ROWS / LumaGrid.HEIGHT * COLUMNS;
    }

    /** Cells of a tile: 64 cells are no whole number of 6 columns. */
    static int cells(int tile) {
        return CELLS[tile];
    }

    /** Adds up the values of the cells of each tile. */
    static void sum(float[] grid, float[] sums) {
        java.util.Arrays.fill(sums, 0);
        for (int y = 0, i = 0; y < LumaGrid.HEIGHT; y++) {
            int row = rowStart(y);
            for (int x = 0; x < LumaGrid.WIDTH; x++, i++) {
                sums[row + COLUMN_OF_CELL[x]] += grid[i];
            }
        }
    }

    private static int[] cells() {
        int[] cells = new int[COUNT];
        for (int y = 0; y < LumaGrid.HEIGHT; y++) {
            for (int x = 0; x < LumaGrid.WIDTH; x++) {
                cells[rowStart(y) + COLUMN_OF_CELL[x]]++;
            }
        }
        return cells;
    }
}
