package io.oxbow.encode.objects;

import io.oxbow.encode.EncoderIdentity;
import io.oxbow.encode.StatefulEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * Objects v1: what a detector found in one picture as {@value #DIM} numbers.
 *
 * <pre>
 *  0        objects
 *  1 ..  8  objects of each kind: people, faces, bags, two-wheelers, cars, trucks and buses,
 *           road signs, others
 *  9 .. 16  objects by the share of the picture their box takes: over 1/4, over 1/16, ...
 * 17 .. 32  objects by where their middle is: four rows of four cells, from the top left
 * 33 .. 37  objects by speed, in shares of the picture a second: not known, below 0.01, 0.05, 0.2,
 *           faster
 * 38 .. 45  moving objects by direction: right, then clockwise by 45 degrees
 * 46, 47    objects that came, and that went, since the picture before
 * 48, 49    mean share of the picture, mean height by width
 * 50, 51    mean place of the middles, across and down; 0.5 without objects
 * 52, 53    their standard deviation
 * 54, 55    mean speed of those whose is known; largest share of the picture
 * </pre>
 *
 * Speed comes from the places of tracked objects in the picture before, at most {@value
 * ObjectTracks#MOST} of them. One instance a stream, one thread.
 */
public final class ObjectEncoder implements StatefulEncoder {
    public static final String ID = "objects-56.v1";
    public static final int DIM = 56;

    private static final long HASH = EncoderIdentity.hashOf(ID);
    private static final int KINDS = 1;
    private static final int SIZES = 9;
    private static final int CELLS = 17;
    private static final int SPEEDS = 33;
    private static final int DIRECTIONS = 38;
    private static final int CAME = 46;
    private static final int WENT = 47;
    private static final int MEANS = 48;
    private static final int SIZE_BINS = 8;
    private static final int GRID = 4;
    private static final int SECTORS = 8;
    private static final float[] SPEED_STEPS = {0.01f, 0.05f, 0.2f};

    /** A float keeps whole numbers below this exactly. */
    static final long EXACT = 1 << 24;

    private static final int TIME_FLOATS = 2;

    private long lastMillis;
    private final ObjectTracks tracks = new ObjectTracks();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public long hash() {
        return HASH;
    }

    @Override
    public int dim() {
        return DIM;
    }

    @Override
    public int activityChannel() {
        return 0;
    }

    @Override
    public List<Integer> tellingChannels() {
        return List.of(1, 5, 6, 4, 54, CAME);
    }

    @Override
    public String channelName(int channel) {
        if (channel == 0) {
            return "objects";
        }
        if (channel < SIZES) {
            return ObjectKind.values()[channel - KINDS].words();
        }
        if (channel < CELLS) {
            return "objects of size " + (channel - SIZES + 1);
        }
        if (channel < SPEEDS) {
            int cell = channel - CELLS;
            return "objects in row " + (cell / GRID + 1) + ", column " + (cell % GRID + 1);
        }
        if (channel < DIRECTIONS) {
            return new String[] {
                        "objects of unknown speed",
                        "objects at rest",
                        "slow objects",
                        "objects at a walk",
                        "fast objects"
                    }
                    [channel - SPEEDS];
        }
        if (channel < CAME) {
            return "objects moving at " + 45 * (channel - DIRECTIONS) + " degrees";
        }
        return new String[] {
                    "objects that came",
                    "objects that went",
                    "mean size",
                    "mean height by width",
                    "mean place across",
                    "mean place down",
                    "spread across",
                    "spread down",
                    "mean speed",
                    "largest size"
                }
                [channel - CAME];
    }

    /**
     * Encodes the objects of a picture.
     *
     * @param millis when the picture was taken; a time before the last leaves speeds unknown
     * @param features receives {@value #DIM} values from {@code offset}
     */
    public void encode(List<SeenObject> objects, long millis, float[] features, int offset) {
        Arrays.fill(features, offset, offset + DIM, 0);
        double seconds = (millis - lastMillis) / 1000.0;
        int known = 0;
        double speeds = 0;
        int found = 0;
        for (SeenObject object : objects) {
            features[offset + KINDS + ObjectKind.of(object.kind()).ordinal()]++;
            features[offset + SIZES + sizeBin(object.area())]++;
            features[offset + CELLS + GRID * cell(object.y()) + cell(object.x())]++;
            int before = tracks.find(object);
            if (before >= 0) {
                found++;
            } else if (object.track() != SeenObject.UNTRACKED) {
                features[offset + CAME]++;
            }
            if (before >= 0 && seconds > 0) {
                double dx = object.x() - tracks.x(before);
                double dy = object.y() - tracks.y(before);
                double speed = Math.hypot(dx, dy) / seconds;
                known++;
                speeds += speed;
                int bin = speedBin(speed);
                features[offset + SPEEDS + bin]++;
                if (bin > 1) {
                    features[offset + DIRECTIONS + sector(dx, dy)]++;
                }
            } else {
                features[offset + SPEEDS]++;
            }
        }
        features[offset] = objects.size();
        features[offset + WENT] = Math.max(0, tracks.count() - found);
        features[offset + MEANS + 6] = known == 0 ? 0 : (float) (speeds / known);
        means(objects, features, offset + MEANS);
        tracks.replace(objects);
        lastMillis = millis;
    }

    private static void means(List<SeenObject> objects, float[] features, int at) {
        double area = 0;
        double aspect = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        float largest = 0;
        for (SeenObject object : objects) {
            area += object.area();
            aspect +=
                    (object.bottom() - object.top())
                            / Math.max(1e-6, object.right() - object.left());
            x += object.x();
            y += object.y();
            xx += object.x() * object.x();
            yy += object.y() * object.y();
            largest = Math.max(largest, object.area());
        }
        int n = objects.size();
        features[at] = n == 0 ? 0 : (float) (area / n);
        features[at + 1] = n == 0 ? 0 : (float) Math.min(100, aspect / n);
        features[at + 2] = n == 0 ? 0.5f : (float) (x / n);
        features[at + 3] = n == 0 ? 0.5f : (float) (y / n);
        features[at + 4] = n == 0 ? 0 : deviation(x / n, xx / n);
        features[at + 5] = n == 0 ? 0 : deviation(y / n, yy / n);
        features[at + 7] = largest;
    }

    private static float deviation(double mean, double meanSquare) {
        return (float) Math.sqrt(Math.max(0, meanSquare - mean * mean));
    }

    /** 0 for over a quarter of the picture, then by quarters of that. */
    private static int sizeBin(float area) {
        float bound = 0.25f;
        int bin = 0;
        while (bin < SIZE_BINS - 1 && area <= bound) {
            bound /= 4;
            bin++;
        }
        return bin;
    }

    private static int cell(float share) {
        return Math.max(0, Math.min(GRID - 1, (int) (share * GRID)));
    }

    private static int speedBin(double speed) {
        int bin = 1;
        for (float step : SPEED_STEPS) {
            if (speed >= step) {
                bin++;
            }
        }
        return bin;
    }

    private static int sector(double dx, double dy) {
        double turn = Math.atan2(dy, dx) / (2 * Math.PI) + 1;
        return (int) Math.round(turn * SECTORS) % SECTORS;
    }

    @Override
    public int stateFloats() {
        return TIME_FLOATS + ObjectTracks.STATE_FLOATS;
    }

    @Override
    public void save(float[] target, int offset) {
        // The time is two whole numbers below 2^24.
        target[offset] = lastMillis / EXACT;
        target[offset + 1] = lastMillis % EXACT;
        tracks.save(target, offset + TIME_FLOATS);
    }

    @Override
    public void restore(float[] source, int offset) {
        lastMillis = (long) source[offset] * EXACT + (long) source[offset + 1];
        tracks.restore(source, offset + TIME_FLOATS);
    }

    @Override
    public void reset() {
        lastMillis = 0;
        tracks.clear();
    }
}
