package io.oxbow.encode.video;

/**
 * Tells a frozen picture from a quiet one. Sensor noise makes every real frame differ a little from
 * the one before; how little is learned from the camera itself, as is the longest time for which
 * its compression has let the picture stand still. One thread.
 */
final class Stillness {
    static final int STATE_FLOATS = 15;

    private static final long FROZEN_MILLIS = 3000;
    private static final long BARELY_ALIVE_FROZEN_MILLIS = 10_000;
    private static final int MIN_STILL_FRAMES = 4;
    private static final int MIN_LIVE_FRAMES = 10;
    private static final int ALIVE = 6;
    private static final float LONGER_THAN_EVER = 3;
    private static final float FORGETTING = 0.9999f;

    /** Bounds of the difference that counts as none, luma levels of a cell on average. */
    private static final float LEAST = 0.02f;

    private static final float MOST = 0.06f;
    private static final float SHARE_OF_QUIET = 0.25f;

    /** Running lower quartile of the difference of live frames. */
    private float quiet = MOST / SHARE_OF_QUIET;

    private float longestMillis;
    private long stillSinceMillis;
    private long aliveSinceMillis;
    private long lastMillis;
    private int stillFrames;
    private int liveFrames;
    private int signsOfLife;
    private boolean frozen;

    /** Takes the time of the first frame. */
    void begin(long timeMillis) {
        lastMillis = timeMillis;
    }

    /**
     * Takes the difference of a frame from the one before.
     *
     * @param health of the frame before; while it is FROZEN a single frame that differs, as a
     *     codec's key frame does, changes nothing
     */
    void observe(long timeMillis, float difference, PictureHealth health) {
        float limit = Math.max(LEAST, Math.min(MOST, SHARE_OF_QUIET * quiet));
        if (health == PictureHealth.FROZEN) {
            watchForLife(timeMillis, difference >= limit);
        } else if (difference >= limit) {
            endRun(difference, health == PictureHealth.OK || health == PictureHealth.NIGHT);
        } else {
            if (stillFrames == 0) {
                stillSinceMillis = lastMillis;
            }
            stillFrames = Math.min(stillFrames + 1, MIN_STILL_FRAMES);
            frozen = isLong(timeMillis - stillSinceMillis);
            signsOfLife = 0;
        }
        longestMillis *= FORGETTING;
        lastMillis = timeMillis;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** When the picture began to stand still. */
    long sinceMillis() {
        return stillSinceMillis;
    }

    /** When a frozen picture began to move again. */
    long aliveSinceMillis() {
        return aliveSinceMillis;
    }

    void save(FloatWriter writer) {
        writer.put(quiet).put(longestMillis);
        writer.putLong(stillSinceMillis).putLong(aliveSinceMillis).putLong(lastMillis);
        writer.put(stillFrames).put(liveFrames).put(frozen ? 1 : 0).put(signsOfLife);
    }

    void restore(FloatReader reader) {
        quiet = reader.get();
        longestMillis = reader.get();
        stillSinceMillis = reader.getLong();
        aliveSinceMillis = reader.getLong();
        lastMillis = reader.getLong();
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

    private void endRun(float difference, boolean believed) {
        if (stillFrames > 0 && believed) {
            longestMillis = Math.max(longestMillis, lastMillis - stillSinceMillis);
        }
        stillFrames = 0;
        frozen = false;
        liveFrames = Math.min(liveFrames + 1, MIN_LIVE_FRAMES);
        // In balance a quarter of the differences lies below.
        quiet *= difference < quiet ? 0.97f : 1.01f;
    }

    private boolean isLong(long millis) {
        if (stillFrames < MIN_STILL_FRAMES) {
            return false;
        }
        return liveFrames < MIN_LIVE_FRAMES
                ? millis >= BARELY_ALIVE_FROZEN_MILLIS
                : millis >= Math.max(FROZEN_MILLIS, LONGER_THAN_EVER * longestMillis);
    }
}
