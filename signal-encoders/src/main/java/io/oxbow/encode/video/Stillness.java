package io.oxbow.encode.video;

/**
 * Tells a frozen picture from a quiet one. Sensor noise makes every real frame differ a little from
 * the one before; how little is learned from the camera itself, as is the longest time for which
 * its compression has let the picture stand still. One thread.
 */
final class Stillness {
    static final int STATE_FLOATS = 20;

    private static final long FROZEN_MILLIS = 2500;
    private static final long BARELY_ALIVE_FROZEN_MILLIS = 60_000;
    private static final int MIN_STILL_FRAMES = 4;
    private static final int MIN_LIVE_FRAMES = 10;
    private static final int ALIVE = 6;
    private static final float LONGER_THAN_EVER = 3;

    /** A camera that is still half of the time must stand still for so much longer. */
    private static final float MILLIS_PER_SHARE = 15_000;

    private static final float SHARE_WEIGHT = 0.01f;
    private static final float FORGETTING = 0.9999f;

    /** Bounds of the difference that counts as none, luma levels of a cell on average. */
    private static final float LEAST = 0.02f;

    private static final float MOST = 0.1f;
    private static final float SHARE_OF_QUIET = 0.25f;

    /** Differences above are surely alive; a frozen picture's codec only falls below them. */
    private static final float LIVELY = 0.6f;

    /** A codec polishes a frozen picture in frames that differ a little, among still ones. */
    private static final int ALIVE_IN_RUN = 3;

    /** A codec may polish a frozen picture for so long. */
    private static final long POLISHING_MILLIS = 4000;

    /** Running lower quartile of the difference of live frames, those of a night only downwards. */
    private float quiet = MOST / SHARE_OF_QUIET;

    private float longestMillis;
    private long stillSinceMillis;
    private long aliveSinceMillis;
    private long lastMillis;
    private long livelyMillis;
    private float stillShare = 0.5f;
    private float shareBefore;
    private int stillFrames;
    private int liveFrames;
    private int signsOfLife;
    private boolean frozen;

    /** Takes the time of the first frame. */
    void begin(long timeMillis) {
        lastMillis = timeMillis;
        livelyMillis = timeMillis;
    }

    /**
     * Takes the difference of a frame from the one before.
     *
     * @param health of the frame before; while it is FROZEN a single frame that differs, as a
     *     codec's key frame does, changes nothing
     */
    void observe(long timeMillis, float difference, PictureHealth health) {
        float limit = Math.max(LEAST, Math.min(MOST, SHARE_OF_QUIET * quiet));
        float lively = Math.max(limit, LIVELY * quiet);
        if (health == PictureHealth.FROZEN) {
            watchForLife(timeMillis, difference >= limit);
        } else if (difference < limit) {
            stayStill(timeMillis);
        } else {
            signsOfLife += difference < lively ? 1 : ALIVE_IN_RUN;
            stillShare -= SHARE_WEIGHT * stillShare;
            if (stillFrames == 0 || signsOfLife >= ALIVE_IN_RUN) {
                endRun(difference, health);
            }
        }
        if (difference >= lively) {
            livelyMillis = timeMillis;
        }
        longestMillis *= FORGETTING;
        lastMillis = timeMillis;
    }

    private void stayStill(long timeMillis) {
        if (stillFrames == 0) {
            stillSinceMillis = lastMillis;
            shareBefore = stillShare;
        }
        stillFrames = Math.min(stillFrames + 1, MIN_STILL_FRAMES);
        stillShare += SHARE_WEIGHT * (1 - stillShare);
        frozen = isLong(timeMillis - stillSinceMillis);
        signsOfLife = Math.max(0, signsOfLife - 1);
    }

    boolean isFrozen() {
        return frozen;
    }

    /** When the picture was last seen alive, or began to stand still if that is long ago. */
    long sinceMillis() {
        return Math.max(livelyMillis, stillSinceMillis - POLISHING_MILLIS);
    }

    /** When a frozen picture began to move again. */
    long aliveSinceMillis() {
        return aliveSinceMillis;
    }

    void save(FloatWriter writer) {
        writer.put(quiet).put(longestMillis);
        writer.putLong(stillSinceMillis).putLong(aliveSinceMillis).putLong(lastMillis);
        writer.putLong(livelyMillis).put(stillShare).put(shareBefore);
        writer.put(stillFrames).put(liveFrames).put(frozen ? 1 : 0).put(signsOfLife);
    }

    void restore(FloatReader reader) {
        quiet = reader.get();
        longestMillis = reader.get();
        stillSinceMillis = reader.getLong();
        aliveSinceMillis = reader.getLong();
        lastMillis = reader.getLong();
        livelyMillis = reader.getLong();
        stillShare = reader.get();
        shareBefore = reader.get();
        stillFrames = reader.getInt(MIN_STILL_FRAMES + 1);
        liveFrames = reader.getInt(MIN_LIVE_FRAMES + 1);
        frozen = reader.getInt(2) == 1;
        signsOfLife = reader.getInt(ALIVE + 1);
    }

    /** Live frames are seldom all above the limit, so they count double. */
    private void watchForLife(long timeMillis, boolean differs) {
        if (differs && signsOfLife == 0) {
            aliveSinceMillis = timeMillis;
        }
        signsOfLife = Math.max(0, signsOfLife + (differs ? 2 : -1));
        if (signsOfLife >= ALIVE) {
            signsOfLife = ALIVE;
            frozen = false;
            stillFrames = 0;
        }
    }

    private void endRun(float difference, PictureHealth health) {
        boolean night = health == PictureHealth.NIGHT;
        if (stillFrames > 0 && (night || health == PictureHealth.OK)) {
            longestMillis = Math.max(longestMillis, lastMillis - stillSinceMillis);
        }
        stillFrames = 0;
        signsOfLife = 0;
        frozen = false;
        liveFrames = Math.min(liveFrames + 1, MIN_LIVE_FRAMES);
        // In balance a quarter of the differences lies below. A night's noise says nothing of how
        // quiet the day is, which would look frozen beside it.
        if (difference < quiet) {
            quiet *= 0.985f;
        } else if (!night) {
            quiet *= 1.005f;
        }
    }

    private boolean isLong(long millis) {
        if (stillFrames < MIN_STILL_FRAMES) {
            return false;
        }
        return liveFrames < MIN_LIVE_FRAMES
                ? millis >= BARELY_ALIVE_FROZEN_MILLIS
                : millis
                        >= Math.max(
                                FROZEN_MILLIS,
                                Math.max(
                                        LONGER_THAN_EVER * longestMillis,
                                        MILLIS_PER_SHARE * shareBefore));
    }
}
