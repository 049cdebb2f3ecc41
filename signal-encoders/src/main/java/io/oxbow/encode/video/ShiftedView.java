package io.oxbow.encode.video;

/**
 * Whether a picture shows a reference's view from elsewhere: under one of the shifts that phase
 * correlation proposes, the two agree clearly better than as they are. One thread.
 */
final class ShiftedView {
    static final int STATE_FLOATS = 2;

    private static final float GAIN = 0.2f;
    private static final float AGREEMENT = 0.55f;

    private final ViewAgreement shiftedView = new ViewAgreement();
    private final PhaseCorrelation proposals = new PhaseCorrelation();
    private int shiftX;
    private int shiftY;
    private float cells;

    /**
     * Looks for a shift; the last one found first, since a camera once moved mostly stays there.
     *
     * @param unshifted how the two agree as they are
     */
    boolean find(float[] grid, float[] reference, ViewAgreement unshifted, int minTextured) {
        cells = 0;
        float agreement = unshifted.agreement();
        if (agreement > 1 - GAIN || unshifted.texturedBlocks() < minTextured) {
            return false;
        }
        if (!agrees(grid, reference, agreement, minTextured)
                && !findOther(grid, reference, agreement, minTextured)) {
            return false;
        }
        cells = (float) Math.hypot(shiftX, shiftY);
        return true;
    }

    /** Length of the shift in cells; 0 unless the shifted views agree. */
    float cells() {
        return cells;
    }

    void save(FloatWriter writer) {
        writer.put(shiftX + LumaGrid.WIDTH).put(shiftY + LumaGrid.HEIGHT);
    }

    void restore(FloatReader reader) {
        shiftX = reader.getInt(2 * LumaGrid.WIDTH) - LumaGrid.WIDTH;
        shiftY = reader.getInt(2 * LumaGrid.HEIGHT) - LumaGrid.HEIGHT;
    }

    private boolean findOther(float[] grid, float[] reference, float agreement, int minTextured) {
        proposals.estimate(grid, reference);
        for (int peak = 0; peak < proposals.peaks(); peak++) {
            shiftX = proposals.shiftX(peak);
            shiftY = proposals.shiftY(peak);
            if (agrees(grid, reference, agreement, minTextured)) {
                return true;
            }
        }
        return false;
    }

    private boolean agrees(float[] grid, float[] reference, float agreement, int minTextured) {
        if (shiftX == 0 && shiftY == 0) {
            return false;
        }
        shiftedView.compare(grid, reference, shiftX, shiftY);
        return shiftedView.texturedBlocks() >= minTextured
                && shiftedView.agreement() > AGREEMENT
                && shiftedView.agreement() > agreement + GAIN;
    }
}
