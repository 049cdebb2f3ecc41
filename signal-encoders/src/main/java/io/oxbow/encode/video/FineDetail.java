package io.oxbow.encode.video;

/**
 * The fine detail a camera's picture usually has, and whether it is gone. Fine energy is judged
 * against the contrast of its block, so that a darker or paler picture is no blurred one. One
 * thread.
 */
final class FineDetail {
    static final int STATE_FLOATS = FineTexture.BLOCKS;

    /** Frames after which the reference forgets, as the background does. */
    static final int FRAMES_AVERAGED = 50;

    private static final int SHARPEST = 16;
    private static final float LOST = 0.35f;
    private static final float STILL_LOST = 0.55f;

    /** Correlation from which a block is not hidden by something before it. */
    private static final float VISIBLE = 0.4f;

    private static final int MIN_BLOCKS = 3;

    /** Fainter detail than this, in squared luma levels, cannot be told from rounding. */
    private static final float FAINT = 0.5f;

    private final float[] energies = new float[FineTexture.BLOCKS];
    private final float[] usual = new float[FineTexture.BLOCKS];
    private final float[] sharpest = new float[SHARPEST];
    private final float[] kept = new float[SHARPEST];

    void measure(LumaFrame frame) {
        FineTexture.measure(frame, energies);
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
     * Whether most of the blocks that are usually the sharpest, and still show their view, are not
     * sharp.
     *
     * @param wasLost whether it was so before; it then takes more to be sharp again
     */
    boolean isLost(ViewAgreement view, boolean wasLost) {
        java.util.Arrays.fill(sharpest, 0);
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            boolean visible = view.blockCorrelation[block] > VISIBLE;
            if (visible && usual[block] > Math.max(FAINT, sharpest[SHARPEST - 1])) {
                float contrast = Math.min(1, view.blockContrast[block]);
                float share =
                        energies[block] / (usual[block] * Math.max(0.05f, contrast * contrast));
                insert(usual[block], share);
            }
        }
        int blocks = 0;
        int blurred = 0;
        float limit = wasLost ? STILL_LOST : LOST;
        for (int i = 0; i < SHARPEST && sharpest[i] > 0; i++) {
            blocks++;
            blurred += kept[i] < limit ? 1 : 0;
        }
        return blocks >= MIN_BLOCKS && 2 * blurred > blocks;
    }

    void learn(int frames) {
        float weight = 1f / Math.min(frames, FRAMES_AVERAGED);
        for (int block = 0; block < FineTexture.BLOCKS; block++) {
            usual[block] += weight * (energies[block] - usual[block]);
        }
    }

    /** Takes the present detail for the usual one. */
    void adopt() {
        System.arraycopy(energies, 0, usual, 0, FineTexture.BLOCKS);
    }

    void save(FloatWriter writer) {
        writer.put(usual);
    }

    void restore(FloatReader reader) {
        reader.get(usual);
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
