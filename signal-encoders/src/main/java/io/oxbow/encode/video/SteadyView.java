package io.oxbow.encode.video;

/**
 * The view of a fixed camera without what passes through it. It follows the picture with a time
 * constant of five seconds but no faster than a level and a half a second, so that a passer, who
 * would draw a mean far away, leaves next to no trace, and slow changes of light are followed. It
 * begins as the first frame and is quicker to leave that in its first 20 seconds. One thread.
 */
final class SteadyView {
    static final int STATE_FLOATS = LumaGrid.CELLS + 1;

    private static final float TIME_CONSTANT_SECONDS = 5;
    private static final float LEVELS_PER_SECOND = 1.5f;

    /** Levels a second in the first second; then less, as one over the time. */
    private static final float EAGER_LEVELS_PER_SECOND = 30;

    private static final float EAGER_SECONDS = EAGER_LEVELS_PER_SECOND / LEVELS_PER_SECOND;

    private final float[] view = new float[LumaGrid.CELLS];
    private float learnedSeconds;

    /** (48, 64) luma levels; belongs to this object. */
    float[] view() {
        return view;
    }

    /**
     * Follows a frame.
     *
     * @param seconds since the frame before
     */
    void learn(float[] grid, float seconds) {
        float step = Math.min(1, Math.max(0.01f, seconds));
        learnedSeconds = Math.min(EAGER_SECONDS, learnedSeconds + step);
        float rate = EAGER_LEVELS_PER_SECOND / Math.max(1, learnedSeconds);
        float weight = Math.min(0.5f, step / TIME_CONSTANT_SECONDS);
        float bound = rate * step;
        float[] v = view;
        for (int i = 0; i < LumaGrid.CELLS; i++) {
            float change = weight * (grid[i] - v[i]);
            v[i] += Math.max(-bound, Math.min(bound, change));
        }
    }

    /** Seconds of frames it has followed since it was new, no more than matter. */
    float learnedSeconds() {
        return learnedSeconds;
    }

    /** Takes a frame for the view. */
    void adopt(float[] grid) {
        System.arraycopy(grid, 0, view, 0, LumaGrid.CELLS);
        learnedSeconds = 0;
    }

    void save(FloatWriter writer) {
        writer.put(view).put(learnedSeconds);
    }

    void restore(FloatReader reader) {
        reader.get(view);
        learnedSeconds = reader.get();
    }
}
