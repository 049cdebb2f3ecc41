package io.oxbow.encode.video;

/**
 * Tells from frame to frame whether a fixed camera's picture can be believed. It compares the
 * picture with slow references of the untouched view, which stand still while anything is amiss.
 *
 * <p>Two questions part most cases: is the view still there (the blocks of the grid correlate with
 * the background's), and is its detail (fine energy, or contrast)?
 *
 * <pre>
 *                detail kept            detail lost
 * view kept      OK, or NIGHT           DEFOCUSED
 * view lost      MOVED, or UNKNOWN      COVERED
 * </pre>
 *
 * <p>MOVED is also said of a view that agrees clearly better under the shift found by phase
 * correlation. FROZEN is a difference between frames far below the quietest this camera has shown,
 * for longer than it ever paused. A verdict must hold for a while before it counts, and is then
 * dated back to its first frame ({@link #sinceMillis}). One thread.
 */
final class TamperDetector {
    static final int STATE_FLOATS =
            12 + FineDetail.STATE_FLOATS + PictureLight.STATE_FLOATS + Stillness.STATE_FLOATS;

    private static final int WARM_UP_FRAMES = 10;
    private static final int MIN_CONFIRMING_FRAMES = 3;
    private static final int MIN_TEXTURED_BLOCKS = 3;

    /** With fewer textured blocks another view cannot be told from an obstacle. */
    private static final int SURE_TEXTURED_BLOCKS = 8;

    private static final float VIEW_LOST = 0.4f;
    private static final float VIEW_STILL_LOST = 0.6f;
    private static final float SHIFT_GAIN = 0.2f;
    private static final float SHIFT_AGREEMENT = 0.55f;
    private static final float FLAT = 0.25f;
    private static final float STILL_FLAT = 0.45f;
    private static final float MOSTLY = 0.6f;
    private static final float NO_DETAIL = 0.08f;
    private static final long ADOPT_VIEW_MILLIS = 600_000;

    private final FineDetail detail = new FineDetail();
    private final PictureLight light = new PictureLight();
    private final Stillness stillness = new Stillness();
    private final ViewAgreement view = new ViewAgreement();
    private final ViewAgreement shiftedView = new ViewAgreement();
    private final PhaseCorrelation shift = new PhaseCorrelation();

    private PictureHealth health = PictureHealth.OK;
    private PictureHealth pending = PictureHealth.OK;
    private long sinceMillis;
    private long pendingSinceMillis;
    private int pendingFrames;
    private int frames;
    private boolean learns;
    private boolean adoptsView;
    private int shiftX;
    private int shiftY;
    private float shiftCells;

    /**
     * Judges the next frame.
     *
     * @param grid (48, 64) area averages of the frame
     * @param background (48, 64) slow reference
     * @param difference mean absolute difference of the grid from the frame before, luma levels
     * @param chroma mean distance of the chroma samples from grey; NaN for a grey picture
     */
    PictureHealth update(
            long timeMillis,
            LumaFrame frame,
            float[] grid,
            float[] background,
            float difference,
            float chroma) {
        detail.measure(frame);
        light.measure(grid, chroma);
        view.compare(grid, background, 0, 0);
        if (frames++ == 0) {
            sinceMillis = timeMillis;
            pendingSinceMillis = timeMillis;
            stillness.begin(timeMillis);
        } else {
            stillness.observe(timeMillis, difference, health);
        }
        boolean shifted = findShift(grid, background);
        PictureHealth verdict = frames <= WARM_UP_FRAMES ? PictureHealth.OK : judge(grid, shifted);
        settle(verdict, timeMillis);
        learn(timeMillis);
        return health;
    }

    /** The state of the latest frame. */
    PictureHealth health() {
        return health;
    }

    /** When the present state began, which is earlier than when it was noticed. */
    long sinceMillis() {
        return sinceMillis;
    }

    /** Whether the references may follow the latest frame. */
    boolean learns() {
        return learns;
    }

    /** Whether the camera has looked elsewhere for so long that its view is now the view. */
    boolean adoptsView() {
        return adoptsView;
    }

    /** How far the view is shifted, in cells; 0 unless the shifted views agree. */
    float shiftCells() {
        return shiftCells;
    }

    void save(FloatWriter writer) {
        writer.put(health.ordinal()).put(pending.ordinal());
        writer.putLong(sinceMillis).putLong(pendingSinceMillis);
        writer.put(Math.min(pendingFrames, MIN_CONFIRMING_FRAMES));
        writer.put(Math.min(frames, FineDetail.FRAMES_AVERAGED));
        writer.put(shiftX + LumaGrid.WIDTH).put(shiftY + LumaGrid.HEIGHT);
        detail.save(writer);
        light.save(writer);
        stillness.save(writer);
    }

    void restore(FloatReader reader) {
        health = PictureHealth.values()[reader.getInt(PictureHealth.values().length)];
        pending = PictureHealth.values()[reader.getInt(PictureHealth.values().length)];
        sinceMillis = reader.getLong();
        pendingSinceMillis = reader.getLong();
        pendingFrames = reader.getInt(MIN_CONFIRMING_FRAMES + 1);
        frames = reader.getInt(FineDetail.FRAMES_AVERAGED + 1);
        shiftX = reader.getInt(2 * LumaGrid.WIDTH) - LumaGrid.WIDTH;
        shiftY = reader.getInt(2 * LumaGrid.HEIGHT) - LumaGrid.HEIGHT;
        detail.restore(reader);
        light.restore(reader);
        stillness.restore(reader);
    }

    /** Tries the shift last found first, since a camera once moved mostly stays there. */
    private boolean findShift(float[] grid, float[] background) {
        shiftCells = 0;
        if (view.agreement() > 1 - SHIFT_GAIN || view.texturedBlocks() < MIN_TEXTURED_BLOCKS) {
            return false;
        }
        if (!agreesShifted(grid, background)) {
            shift.estimate(grid, background);
            shiftX = shift.shiftX();
            shiftY = shift.shiftY();
            if (!agreesShifted(grid, background)) {
                return false;
            }
        }
        shiftCells = (float) Math.hypot(shiftX, shiftY);
        return true;
    }

    private boolean agreesShifted(float[] grid, float[] background) {
        if (shiftX == 0 && shiftY == 0) {
            return false;
        }
        shiftedView.compare(grid, background, shiftX, shiftY);
        return shiftedView.texturedBlocks() >= MIN_TEXTURED_BLOCKS
                && shiftedView.agreement() > SHIFT_AGREEMENT
                && shiftedView.agreement() > view.agreement() + SHIFT_GAIN;
    }

    private PictureHealth judge(float[] grid, boolean shifted) {
        if (view.texturedBlocks() < MIN_TEXTURED_BLOCKS) {
            return view.bare(grid) ? PictureHealth.UNKNOWN : PictureHealth.OK;
        }
        boolean wasLost = health == PictureHealth.COVERED || health == PictureHealth.MOVED;
        boolean lost = view.agreement() < (wasLost ? VIEW_STILL_LOST : VIEW_LOST);
        if (lost && (isFlat() || (!shifted && isBareOrBlurred()))) {
            return PictureHealth.COVERED;
        }
        if (stillness.isFrozen()) {
            return PictureHealth.FROZEN;
        }
        if (shifted) {
            return PictureHealth.MOVED;
        }
        if (lost) {
            return view.texturedBlocks() < SURE_TEXTURED_BLOCKS
                    ? PictureHealth.UNKNOWN
                    : PictureHealth.MOVED;
        }
        boolean night = light.isNight(health == PictureHealth.NIGHT);
        boolean blurred = detail.isLost(view, health == PictureHealth.DEFOCUSED);
        // Infrared pictures are softer: a switch to them is no loss of focus, a later loss is.
        if (night && health != PictureHealth.NIGHT && health != PictureHealth.DEFOCUSED) {
            return PictureHealth.NIGHT;
        }
        if (blurred) {
            return PictureHealth.DEFOCUSED;
        }
        return night ? PictureHealth.NIGHT : PictureHealth.OK;
    }

    private boolean isFlat() {
        return view.contrastRatio() < (health == PictureHealth.COVERED ? STILL_FLAT : FLAT);
    }

    private boolean isBareOrBlurred() {
        return view.flatShare() > MOSTLY || detail.share() < NO_DETAIL;
    }

    /** Lets a verdict count once it has held. */
    private void settle(PictureHealth verdict, long timeMillis) {
        if (verdict != pending) {
            pending = verdict;
            pendingFrames = 0;
            pendingSinceMillis = beginOf(verdict, timeMillis);
        }
        pendingFrames = Math.min(pendingFrames + 1, MIN_CONFIRMING_FRAMES);
        boolean settled =
                pending != health
                        && pendingFrames == MIN_CONFIRMING_FRAMES
                        && timeMillis - pendingSinceMillis >= confirmMillis(pending);
        if (settled) {
            if (pending == PictureHealth.NIGHT || health == PictureHealth.NIGHT) {
                detail.adopt();
            }
            health = pending;
            sinceMillis = Math.max(sinceMillis, pendingSinceMillis);
        }
    }

    private long beginOf(PictureHealth verdict, long timeMillis) {
        if (verdict == PictureHealth.FROZEN) {
            return stillness.sinceMillis();
        }
        return health == PictureHealth.FROZEN ? stillness.aliveSinceMillis() : timeMillis;
    }

    private static long confirmMillis(PictureHealth verdict) {
        return switch (verdict) {
            case OK -> 500;
            case COVERED, NIGHT -> 1000;
            case DEFOCUSED, MOVED -> 1500;
            case UNKNOWN -> 3000;
            case FROZEN -> 0;
        };
    }

    private void learn(long timeMillis) {
        boolean bare = view.texturedBlocks() < MIN_TEXTURED_BLOCKS;
        boolean believed = health == PictureHealth.OK || health == PictureHealth.NIGHT;
        learns = bare || (believed && pending == health);
        adoptsView =
                (health == PictureHealth.MOVED || (health == PictureHealth.UNKNOWN && !bare))
                        && pending == health
                        && timeMillis - sinceMillis > ADOPT_VIEW_MILLIS;
        if (adoptsView) {
            detail.adopt();
            light.adopt();
        } else if (learns) {
            detail.learn(frames);
            light.learn(health == PictureHealth.NIGHT);
        }
        frames = Math.min(frames, FineDetail.FRAMES_AVERAGED);
    }
}
