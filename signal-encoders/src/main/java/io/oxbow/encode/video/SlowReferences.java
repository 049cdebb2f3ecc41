package io.oxbow.encode.video;

/**
 * What a camera's view is like as a rule: its background, and its energies of gradient and chroma.
 */
final class SlowReferences {
    /** Floats that {@link #save} writes. */
    static final int STATE_FLOATS = 2 + LumaGrid.CELLS;

    private static final float LEARNING_RATE = 0.02f;

    private final float[] background = new float[LumaGrid.CELLS];
    private float gradient;
    private float chroma;

    /** A cell each; not to be changed. */
    float[] background() {
        return background;
    }

    float gradient() {
        return gradient;
    }

    float chroma() {
        return chroma;
    }

    /**
     * Takes a picture as it is.
     *
     * @param itsChroma NaN for a grey one
     */
    void adopt(float[] grid, float itsGradient, float itsChroma) {
        System.arraycopy(grid, 0, background, 0, LumaGrid.CELLS);
        gradient = itsGradient;
        chroma = Float.isNaN(itsChroma) ? 0 : itsChroma;
    }

    /** Moves a little towards a picture. */
    void learn(float[] grid, float itsGradient, float itsChroma) {
        float[] b = background;
        for (int i = 0; i < LumaGrid.CELLS; i++) {
            b[i] += LEARNING_RATE * (grid[i] - b[i]);
        }
        gradient += LEARNING_RATE * (itsGradient - gradient);
        if (!Float.isNaN(itsChroma)) {
            chroma += LEARNING_RATE * (itsChroma - chroma);
        }
    }

    void save(FloatWriter writer) {
        writer.put(gradient).put(chroma).put(background);
    }

    void restore(FloatReader reader) {
        gradient = reader.get();
        chroma = reader.get();
        reader.get(background);
    }
}
