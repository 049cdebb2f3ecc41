package io.oxbow.encode.video;

/**
 * Tells from frame to frame whether a fixed camera's picture can be believed. It compares the
 * picture with slow references of the untouched view, which stand still while anything is amiss, or
 * may be.
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
 * <p>Lost is relative to how well the view usually agrees, and part of it hidden is not lost: who
 * stands before a camera fills some columns of the picture, a moved camera changes all. MOVED is
 * also said of a view that agrees clearly better under one of the shifts found by phase
 * correlation. FROZEN is a difference between frames far below the quietest this camera has shown,
 * for longer than it ever paused. A verdict must hold for a while before it counts, and is then
 * dated back to its first frame ({@link #sinceMillis}). One thread.
 */
final class TamperDetector {
    static final int STATE_FLOATS =
            17
                    + ShiftedView.STATE_FLOATS
                    + SteadyView.STATE_FLOATS
                    + FineDetail.STATE_FLOATS
                    + PictureLight.STATE_FLOATS
                    + Stillness.STATE_FLOATS;

    private static final int WARM_UP_FRAMES = 10;
    private static final int MIN_CONFIRMING_FRAMES = 3;
    private static final int MIN_TEXTURED_BLOCKS = 3;

    /** With fewer textured blocks another view cannot be told from an obstacle. */
    private static final int SURE_TEXTURED_BLOCKS = 8;

    private static final float VIEW_LOST = 0.5f;
    private static final float VIEW_STILL_LOST = 0.65f;
    private static final float DOUBTFUL = 0.75f;
    private static final long LONGEST_DOUBT_MILLIS = 30_000;
    private static final float AGREEMENT_WEIGHT = 0.01f;
    private static final float HIDDEN = 0.3f;
    private static final float STILL_HIDDEN = 0.5f;
    private static final float SCARCE_SHOWN = 0.15f;
    private static final float OTHER_VIEW = 0.75f;
    private static final float STILL_OTHER = 0.5f;
    private static final float FLAT = 0.25f;
    private static final float STILL_FLAT = 0.45f;
    private static final float MOSTLY = 0.6f;
    private static final float NO_DETAIL = 0.08f;
    private static final long ADOPT_VIEW_MILLIS = 600_000;

    private final SteadyView reference = new SteadyView();
    private final FineDetail detail = new FineDetail();
    private final PictureLight light = new PictureLight();
    private final Stillness stillness = new Stillness();
    private final ViewAgreement view = new ViewAgreement();
    private final ShiftedView moved = new ShiftedView();

    private PictureHealth health = PictureHealth.OK;
    private PictureHealth pending = PictureHealth.OK;
    private long sinceMillis;
    private long pendingSinceMillis;
    private long lastMillis;

    /** Of frames without doubt; below 1 where much passes by. */
    private float usualAgreement = 1;

    private long doubtSinceMillis;
    private boolean doubtful;
    private int pendingFrames;
    private int frames;
    private boolean learns;
    private boolean adoptsView;

    /**
     * Judges the next frame.
     *
     * @param grid (48, 64) area averages of the frame
     * @param difference mean absolute difference of the grid from the frame before, luma levels
     * @param chroma mean distance of the chroma samples from grey; NaN for a grey picture
     */
    PictureHealth update(
            long timeMillis, LumaFrame frame, float[] grid, float difference, float chroma) {
        if (frames++ == 0) {
            begin(timeMillis, frame, grid);
        } else {
            stillness.observe(timeMillis, difference, health);
        }
        detail.measure(frame);
        light.measure(grid, chroma);
        view.compare(grid, reference.view(), 0, 0);
        boolean shifted = moved.find(grid, reference.view(), view, MIN_TEXTURED_BLOCKS);
        PictureHealth verdict = frames <= WARM_UP_FRAMES ? PictureHealth.OK : judge(grid, shifted);
        settle(verdict, timeMillis);
        learn(timeMillis, grid);
        return health;
    }

    private void begin(long timeMillis, LumaFrame frame, float[] grid) {
        sinceMillis = timeMillis;
        pendingSinceMillis = timeMillis;
        lastMillis = timeMillis;
        stillness.begin(timeMillis);
        detail.begin(frame);
        reference.adopt(grid);
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
        return moved.cells();
    }

    void save(FloatWriter writer) {
        writer.put(health.ordinal()).put(pending.ordinal());
        writer.putLong(sinceMillis).putLong(pendingSinceMillis).putLong(lastMillis);
        writer.put(usualAgreement).putLong(doubtSinceMillis);
        writer.put(Math.min(pendingFrames, MIN_CONFIRMING_FRAMES));
        writer.put(Math.min(frames, FineDetail.FRAMES_AVERAGED));
        moved.save(writer);
        reference.save(writer);
        detail.save(writer);
        light.save(writer);
        stillness.save(writer);
    }

    void restore(FloatReader reader) {
        health = PictureHealth.values()[reader.getInt(PictureHealth.values().length)];
        pending = PictureHealth.values()[reader.getInt(PictureHealth.values().length)];
        sinceMillis = reader.getLong();
        pendingSinceMillis = reader.getLong();
        lastMillis = reader.getLong();
        usualAgreement = reader.get();
        doubtSinceMillis = reader.getLong();
        pendingFrames = reader.getInt(MIN_CONFIRMING_FRAMES + 1);
        frames = reader.getInt(FineDetail.FRAMES_AVERAGED + 1);
        moved.restore(reader);
        reference.restore(reader);
        detail.restore(reader);
        light.restore(reader);
        stillness.restore(reader);
    }

    private PictureHealth judge(float[] grid, boolean shifted) {
        if (view.texturedBlocks() < MIN_TEXTURED_BLOCKS) {
            return view.bare(grid) ? PictureHealth.UNKNOWN : PictureHealth.OK;
        }
        boolean wasLost = health == PictureHealth.COVERED || health == PictureHealth.MOVED;
        boolean lost = view.agreement() < (wasLost ? VIEW_STILL_LOST : VIEW_LOST) * usualAgreement;
        boolean hidden =
                view.shownShare() < (health == PictureHealth.COVERED ? STILL_HIDDEN : HIDDEN);
        if (lost && hidden && (isFlat() || (!shifted && isBareOrBlurred()))) {
            return PictureHealth.COVERED;
        }
        boolean blurred =
                !lost
                        && detail.isLost(
                                view,
                                reference.learnedSeconds(),
                                health == PictureHealth.DEFOCUSED);
        if (stillness.isFrozen() && !blurred) {
            return PictureHealth.FROZEN;
        }
        if (shifted) {
            return PictureHealth.MOVED;
        }
        if (lost) {
            return judgeLost();
        }
        boolean night = light.isNight(health == PictureHealth.NIGHT);
        // Infrared pictures are softer: a switch to them is no loss of focus, a later loss is.
        if (night && health != PictureHealth.NIGHT && health != PictureHealth.DEFOCUSED) {
            return PictureHealth.NIGHT;
        }
        if (blurred) {
            return PictureHealth.DEFOCUSED;
        }
        return night ? PictureHealth.NIGHT : PictureHealth.OK;
    }

    /** Who stands before a camera hides some of the view; a camera that moved shows another. */
    private PictureHealth judgeLost() {
        boolean wasMoved = health == PictureHealth.MOVED;
        if (view.otherSpread() < (wasMoved ? STILL_OTHER : OTHER_VIEW)) {
            boolean hidden = view.shownShare() < SCARCE_SHOWN || health == PictureHealth.UNKNOWN;
            return hidden ? PictureHealth.UNKNOWN : believed();
        }
        return view.texturedBlocks() < SURE_TEXTURED_BLOCKS
                ? PictureHealth.UNKNOWN
                : PictureHealth.MOVED;
    }

    private PictureHealth believed() {
        return health == PictureHealth.NIGHT ? PictureHealth.NIGHT : PictureHealth.OK;
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
                detail.relax();
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
            case DEFOCUSED, MOVED -> 2000;
            case UNKNOWN -> 3000;
            case FROZEN, OFFLINE -> 0;
        };
    }

    private void learn(long timeMillis, float[] grid) {
        boolean bare = view.texturedBlocks() < MIN_TEXTURED_BLOCKS;
        boolean believed = health == PictureHealth.OK || health == PictureHealth.NIGHT;
        watchDoubt(timeMillis);
        learns = bare || (believed && pending == health && !doubtful);
        adoptsView =
                (health == PictureHealth.MOVED || (health == PictureHealth.UNKNOWN && !bare))
                        && pending == health
                        && timeMillis - sinceMillis > ADOPT_VIEW_MILLIS;
        if (adoptsView) {
            detail.adopt();
            light.adopt();
            reference.adopt(grid);
            usualAgreement = 1;
        } else if (learns) {
            detail.learn(frames, reference.learnedSeconds());
            light.learn(health == PictureHealth.NIGHT);
            usualAgreement += AGREEMENT_WEIGHT * (view.agreement() - usualAgreement);
            reference.learn(grid, (timeMillis - lastMillis) / 1000f);
        }
        lastMillis = timeMillis;
        frames = Math.min(frames, FineDetail.FRAMES_AVERAGED);
    }

    /** Whether so little agrees that learning must wait, though no verdict has been reached. */
    private void watchDoubt(long timeMillis) {
        boolean doubt = view.agreement() < DOUBTFUL * usualAgreement;
        if (!doubt) {
            doubtSinceMillis = timeMillis;
        }
        doubtful = doubt && timeMillis - doubtSinceMillis < LONGEST_DOUBT_MILLIS;
    }
}
