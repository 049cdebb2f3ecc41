package io.oxbow.encode.video;

/**
 * How well a grid shows the view of a reference grid, whatever the light: the correlation of their
 * 8 x 6 blocks of 8 x 8 cells, weighted by the contrast of the reference's block. Blocks without
 * contrast say nothing and are left out. One thread.
 */
final class ViewAgreement {
    /** Contrast, in luma levels, from which a block counts as textured. */
    static final float TEXTURED = 1.5f;

    /** A single strong edge must not outvote the rest of the picture. */
    private static final float MAX_WEIGHT = 12;

    /** Share of its contrast below which a block counts as bare. */
    private static final float FLAT = 0.25f;

    private static final int BLOCK = 8;
    private static final int MIN_CELLS = BLOCK * BLOCK / 2;

    /** Correlation from which a block surely shows its view. */
    private static final float SHOWN = 0.6f;

    /** Correlation below which a block with contrast shows something else. */
    private static final float OTHER = 0.4f;

    private static final float CONTRASTY = 0.4f;

    private int texturedBlocks;
    private int flatBlocks;
    private int shownBlocks;
    private float agreement;
    private float contrastRatio;
    private double gridVariance;
    private double referenceVariance;
    private double covariance;

    private final int[] columnTextured = new int[FineTexture.COLUMNS];
    private final int[] columnOther = new int[FineTexture.COLUMNS];

    /** (48) contrast of each block of the grid as a share of the reference's; 1 where bare. */
    final float[] blockContrast = new float[FineTexture.BLOCKS];

    /** (48) correlation of each block; 0 where either is bare. */
    final float[] blockCorrelation = new float[FineTexture.BLOCKS];

    /** Compares {@code grid[y + shiftY][x + shiftX]} with {@code reference[y][x]}. */
    void compare(float[] grid, float[] reference, int shiftX, int shiftY) {
        double weights = 0;
        double agreed = 0;
        double contrast = 0;
        double referenceContrast = 0;
        texturedBlocks = 0;
        flatBlocks = 0;
        shownBlocks = 0;
        java.util.Arrays.fill(columnTextured, 0);
        java.util.Arrays.fill(columnOther, 0);
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            int left = block % FineTexture.COLUMNS * BLOCK;
            int top = block / FineTexture.COLUMNS * BLOCK;
            blockContrast[block] = 1;
            blockCorrelation[block] = 0;
            if (!moments(grid, reference, left, top, shiftX, shiftY)) {
                continue;
            }
            double referenceDeviation = Math.sqrt(referenceVariance);
            if (referenceDeviation < TEXTURED) {
                continue;
            }
            texturedBlocks++;
            double deviation = Math.sqrt(gridVariance);
            // The quarter level stands for what noise and rounding leave of a flat block.
            double correlation =
                    covariance / (referenceDeviation * Math.sqrt(gridVariance + 0.0625));
            double weight = Math.min(referenceDeviation, MAX_WEIGHT);
            weights += weight;
            agreed += weight * Math.max(0, correlation);
            contrast += Math.min(deviation, 2 * referenceDeviation);
            referenceContrast += referenceDeviation;
            int column = block % FineTexture.COLUMNS;
            columnTextured[column]++;
            boolean contrasty = deviation > CONTRASTY * referenceDeviation;
            columnOther[column] += contrasty && correlation < OTHER ? 1 : 0;
            shownBlocks += correlation > SHOWN ? 1 : 0;
            flatBlocks += deviation < FLAT * referenceDeviation ? 1 : 0;
            blockContrast[block] = (float) (deviation / referenceDeviation);
            blockCorrelation[block] = (float) correlation;
        }
        agreement = weights == 0 ? 1 : (float) (agreed / weights);
        contrastRatio = referenceContrast == 0 ? 1 : (float) (contrast / referenceContrast);
    }

    /** Blocks of the reference that have contrast. */
    int texturedBlocks() {
        return texturedBlocks;
    }

    /** 1 for the same view, about 0 for another; 1 if the reference is bare. */
    float agreement() {
        return agreement;
    }

    /** Share of the reference's textured blocks that are bare in the grid. */
    float flatShare() {
        return texturedBlocks == 0 ? 0 : (float) flatBlocks / texturedBlocks;
    }

    /** Share of the reference's textured blocks that surely show their view. */
    float shownShare() {
        return texturedBlocks == 0 ? 1 : (float) shownBlocks / texturedBlocks;
    }

    /**
     * Share of the picture's columns of blocks in which at least a third of the textured blocks
     * shows something else. Who stands before a camera fills some columns, a moved camera all.
     */
    float otherSpread() {
        int textured = 0;
        int other = 0;
        for (int column = 0; column < FineTexture.COLUMNS; column++) {
            textured += columnTextured[column] > 0 ? 1 : 0;
            other +=
                    columnTextured[column] > 0 && 3 * columnOther[column] >= columnTextured[column]
                            ? 1
                            : 0;
        }
        return textured == 0 ? 0 : (float) other / textured;
    }

    /** Contrast of the grid as a share of the reference's. */
    float contrastRatio() {
        return contrastRatio;
    }

    /** Whether a grid has contrast nowhere. */
    boolean bare(float[] grid) {
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            int left = block % FineTexture.COLUMNS * BLOCK;
            int top = block / FineTexture.COLUMNS * BLOCK;
            moments(grid, grid, left, top, 0, 0);
            if (gridVariance >= TEXTURED * TEXTURED) {
                return false;
            }
        }
        return true;
    }

    private boolean moments(
            float[] grid, float[] reference, int left, int top, int shiftX, int shiftY) {
        int fromX = Math.max(left, -shiftX);
        int toX = Math.min(left + BLOCK, LumaGrid.WIDTH - shiftX);
        int fromY = Math.max(top, -shiftY);
        int toY = Math.min(top + BLOCK, LumaGrid.HEIGHT - shiftY);
        int cells = (toX - fromX) * (toY - fromY);
        if (toX <= fromX || toY <= fromY || cells < MIN_CELLS) {
            return false;
        }
        float sumG = 0;
        float sumR = 0;
        float sumGg = 0;
        float sumRr = 0;
        float sumGr = 0;
        int shift = shiftY * LumaGrid.WIDTH + shiftX;
        float originG = grid[fromY * LumaGrid.WIDTH + fromX + shift];
        float originR = reference[fromY * LumaGrid.WIDTH + fromX];
        for (int y = fromY; y < toY; y++) {
            for (int i = y * LumaGrid.WIDTH + fromX; i < y * LumaGrid.WIDTH + toX; i++) {
                float g = grid[i + shift] - originG;
                float r = reference[i] - originR;
                sumG += g;
                sumR += r;
                sumGg += g * g;
                sumRr += r * r;
                sumGr += g * r;
            }
        }
        double meanG = sumG / (double) cells;
        double meanR = sumR / (double) cells;
        gridVariance = Math.max(0, sumGg / (double) cells - meanG * meanG);
        referenceVariance = Math.max(0, sumRr / (double) cells - meanR * meanR);
        covariance = sumGr / (double) cells - meanG * meanR;
        return true;
    }
}
