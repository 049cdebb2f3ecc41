package io.oxbow.encode.video;

/**
 * How light and how colourful a camera's picture usually is, and whether it has switched to night
 * or infrared. The level is the median of the means of the blocks, so that one dark car is no
 * night. Slow dusk moves the reference along and is no switch. One thread.
 */
final class PictureLight {
    static final int STATE_FLOATS = 3;

    private static final int BLOCK = 8;
    private static final float DARK = 0.72f;
    private static final float STILL_DARK = 0.85f;
    private static final float MIN_DROP = 12;
    private static final float COLOURFUL = 3;
    private static final float COLOURLESS = 0.35f;
    private static final float STILL_COLOURLESS = 0.6f;

    /** Frames of 30 s at the usual rate. */
    private static final int FRAMES_AVERAGED = 300;

    private final float[] means = new float[FineTexture.BLOCKS];
    private float level;
    private float chroma;
    private float usualLevel;
    private float usualChroma;
    private int learned;

    void measure(float[] grid, float chromaEnergy) {
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            int left = block % FineTexture.COLUMNS * BLOCK;
            int top = block / FineTexture.COLUMNS * BLOCK;
            float sum = 0;
            for (int y = top; y < top + BLOCK; y++) {
                for (int i = y * LumaGrid.WIDTH + left;
                        i < y * LumaGrid.WIDTH + left + BLOCK;
                        i++) {
                    sum += grid[i];
                }
            }
            insertSorted(block, sum / (BLOCK * BLOCK));
        }
        level = (means[FineTexture.BLOCKS / 2 - 1] + means[FineTexture.BLOCKS / 2]) / 2;
        chroma = chromaEnergy;
    }

    /** Whether the picture is much darker than usual, or has lost its colour. */
    boolean isNight(boolean wasNight) {
        if (learned == 0) {
            return false;
        }
        boolean dark =
                level < (wasNight ? STILL_DARK : DARK) * usualLevel
                        && usualLevel - level > (wasNight ? MIN_DROP / 2 : MIN_DROP);
        boolean colourless =
                usualChroma > COLOURFUL
                        && chroma < (wasNight ? STILL_COLOURLESS : COLOURLESS) * usualChroma
                        && chroma < COLOURFUL / 2;
        return dark || colourless;
    }

    /** Follows the latest frame; at night the day's light is remembered. */
    void learn(boolean night) {
        if (night) {
            return;
        }
        learned = Math.min(learned + 1, FRAMES_AVERAGED);
        float weight = 1f / learned;
        usualLevel += weight * (level - usualLevel);
        if (!Float.isNaN(chroma)) {
            usualChroma += weight * (chroma - usualChroma);
        }
    }

    /** Takes the present light for the usual one. */
    void adopt() {
        usualLevel = level;
        usualChroma = Float.isNaN(chroma) ? 0 : chroma;
    }

    void save(FloatWriter writer) {
        writer.put(usualLevel).put(usualChroma).put(learned);
    }

    void restore(FloatReader reader) {
        usualLevel = reader.get();
        usualChroma = reader.get();
        learned = reader.getInt(FRAMES_AVERAGED + 1);
    }

    private void insertSorted(int count, float value) {
        int i = count;
        for (; i > 0 && means[i - 1] > value; i--) {
            means[i] = means[i - 1];
        }
        means[i] = value;
    }
}
