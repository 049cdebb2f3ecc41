package io.oxbow.encode.video;

/**
 * The fine detail a camera's picture usually has, and whether it is gone. Only edges that stand out
 * of the camera's usual noise count, for a codec removes noise and brings it back as it likes. Fine
 * energy is judged against the contrast of its block, so that a darker or paler picture is no
 * blurred one. One thread.
 */
final class FineDetail {
    static final int STATE_FLOATS = FineTexture.BLOCKS + 2;

    /** Frames after which the reference forgets, as the background does. */
    static final int FRAMES_AVERAGED = 100;

    private static final int SHARPEST = 16;
    private static final float LOST = 0.35f;
    private static final float STILL_LOST = 0.55f;

    /** Correlation from which a block is not hidden by something before it. */
    private static final float VISIBLE = 0.4f;

    private static final int MIN_BLOCKS = 3;

    /** A codec is long in finding its quality; before, no loss of detail is believed. */
    private static final float MIN_SECONDS = 8;

    private static final float MEDIAN_STEP = 1.01f;
    private static final float EAGER_STEP = 1.04f;
    private static final int MEAN_FRAMES = 10;

    /** No block counts for more than so many times the block at a quarter of them. */
    private static final float MAX_WEIGHT = 3;

    /** Fainter detail than this, in squared luma levels, cannot be told from rounding. */
    private static final float FAINT = 1.5f;

    /**
     * Share of its samples' energy that noise lends a plain block, in squares of the bar, with
     * room.
     */
    private static final float NOISE_TAIL = 0.015f;

    /** Median differences of noise that an edge must exceed; one normal draw in 400 does. */
    private static final float ABOVE_NOISE = 4.5f;

    private static final float LEAST_EDGE = 3;
    private static final float MOST_EDGE = 16;

    /** The bar follows the noise only in steps, since the energies of edges depend on it. */
    private static final float NOISE_STEP = 1.3f;

    private final FineTexture texture = new FineTexture();
    private final float[] energies = new float[FineTexture.BLOCKS];
    private final float[] usual = new float[FineTexture.BLOCKS];
    private final float[] sharpest = new float[SHARPEST];
    private final float[] kept = new float[SHARPEST];
    private float noise;
    private float usualNoise;

    /** Differences of near samples from which an edge is believed, luma levels. */
    private float edge = LEAST_EDGE;

    void measure(LumaFrame frame) {
        noise = texture.measure(frame, edge, energies);
    }

    /** Sets the bar by the first frame, before it is measured again. */
    void begin(LumaFrame frame) {
        usualNoise = texture.measure(frame, edge, energies);
        edge = edgeOf(usualNoise);
    }

    private static float edgeOf(float noise) {
        return Math.max(LEAST_EDGE, Math.min(MOST_EDGE, ABOVE_NOISE * noise));
    }

    /** The detail of the whole picture as a share of the usual. */
    float share() {
        float now = 0;
        float before = 0;
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            now += energies[block];
            before += usual[block];
        }
        return before < FAINT ? 1 : now / before;
    }

    /**
     * Whether the blocks that are usually the sharpest, and still show their view, are not sharp,
     * the sharper ones counting for more.
     *
     * @param wasLost whether it was so before; it then takes more to be sharp again
     */
    boolean isLost(ViewAgreement view, float learnedSeconds, boolean wasLost) {
        java.util.Arrays.fill(sharpest, 0);
        float faint = Math.max(FAINT, NOISE_TAIL * edge * edge);
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            boolean visible = view.blockCorrelation[block] > VISIBLE;
            if (visible && usual[block] > Math.max(faint, sharpest[SHARPEST - 1])) {
                float contrast = Math.min(1, view.blockContrast[block]);
                float share =
                        energies[block] / (usual[block] * Math.max(0.05f, contrast * contrast));
                insert(usual[block], share);
            }
        }
        float all = 0;
        float left = 0;
        int blocks = 0;
        for (int i = 0; i < SHARPEST && sharpest[i] > 0; i++) {
            float weight = Math.min(sharpest[i], MAX_WEIGHT * sharpest[SHARPEST / 4]);
            all += weight;
            left += weight * Math.min(1, kept[i]);
            blocks++;
        }
        return learnedSeconds >= MIN_SECONDS
                && blocks >= MIN_BLOCKS
                && left < (wasLost ? STILL_LOST : LOST) * all;
    }

    /**
     * Follows the latest frame.
     *
     * @param frames seen so far
     * @param learnedSeconds of the reference view
     */
    void learn(int frames, float learnedSeconds) {
        float weight = 1f / Math.min(frames, FRAMES_AVERAGED);
        float step = learnedSeconds < MIN_SECONDS ? EAGER_STEP : MEDIAN_STEP;
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            float now = energies[block];
            usual[block] =
                    frames <= MEAN_FRAMES
                            ? usual[block] + (now - usual[block]) / frames
                            : followed(usual[block], now, step);
        }
        usualNoise += weight * (noise - usualNoise);
        float wanted = edgeOf(usualNoise);
        if (wanted > NOISE_STEP * edge || edge > NOISE_STEP * wanted) {
            edge = wanted;
        }
    }

    /** A step towards the median, which those who pass through a block leave where it is. */
    private static float followed(float usual, float now, float step) {
        if (now > usual) {
            return Math.min(now, usual * step + FAINT * (step - 1));
        }
        return Math.max(now, usual / step);
    }

    /** Takes the present detail for the usual one. */
    void adopt() {
        System.arraycopy(energies, 0, usual, 0, FineTexture.BLOCKS);
    }

    /**
     * Expects no more detail than there is: at night it is another picture, and what passes just
     * now must not be expected to stay.
     */
    void relax() {
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            usual[block] = Math.min(usual[block], energies[block]);
        }
    }

    void save(FloatWriter writer) {
        writer.put(usual).put(usualNoise).put(edge);
    }

    void restore(FloatReader reader) {
        reader.get(usual);
        usualNoise = reader.get();
        edge = reader.get();
    }

    private void insert(float energy, float share) {
        int i = SHARPEST - 1;
        for (; i > 0 && sharpest[i - 1] < energy; i--) {
            sharpest[i] = sharpest[i - 1];
            kept[i] = kept[i - 1];
        }
        sharpest[i] = energy;
        kept[i] = share;
    }
}
