package io.oxbow.encode.objects;

/** Where the tracked objects of the last picture were, at most {@link #MOST} of them. */
final class ObjectTracks {
    static final int MOST = 64;

    /** Floats that {@link #save} writes. */
    static final int STATE_FLOATS = 1 + 3 * MOST;

    private int count;
    private final float[] name = new float[MOST];
    private final float[] x = new float[MOST];
    private final float[] y = new float[MOST];

    int count() {
        return count;
    }

    float x(int index) {
        return x[index];
    }

    float y(int index) {
        return y[index];
    }

    /** Index of the object, or -1 if it was not in the picture or has no number. */
    int find(SeenObject object) {
        if (object.track() == SeenObject.UNTRACKED) {
            return -1;
        }
        float wanted = name(object.track());
        for (int i = 0; i < count; i++) {
            if (name[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The numbers trackers give are told apart by their last 24 bits. */
    private static float name(long track) {
        return track & ObjectEncoder.EXACT - 1;
    }

    /** The objects of the next picture take the place of the last one's. */
    void replace(Iterable<SeenObject> objects) {
        count = 0;
        for (SeenObject object : objects) {
            if (object.track() != SeenObject.UNTRACKED && count < MOST) {
                name[count] = name(object.track());
                x[count] = object.x();
                y[count] = object.y();
                count++;
            }
        }
    }

    void clear() {
        count = 0;
    }

    void save(float[] target, int offset) {
        target[offset] = count;
        for (int i = 0; i < MOST; i++) {
            int at = offset + 1 + 3 * i;
            target[at] = i < count ? name[i] : 0;
            target[at + 1] = i < count ? x[i] : 0;
            target[at + 2] = i < count ? y[i] : 0;
        }
    }

    void restore(float[] source, int offset) {
        count = (int) source[offset];
        for (int i = 0; i < MOST; i++) {
            int at = offset + 1 + 3 * i;
            name[i] = source[at];
            x[i] = source[at + 1];
            y[i] = source[at + 2];
        }
    }
}
