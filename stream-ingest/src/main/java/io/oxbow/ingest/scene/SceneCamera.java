package io.oxbow.ingest.scene;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.ingest.scene.PlantedEvent.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A fixed camera over a made-up place: day and night, sensor noise, a swaying tree, what usually
 * passes, and now and then something that does not. Each picture depends on the seed and the time
 * alone, so that scenes can be filmed at any rate, in any order, and again.
 *
 * <p>One thread; a picture is valid until the next one.
 */
public final class SceneCamera {
    private static final int NEUTRAL = 128;
    private static final int LENS_CAP = 9;
    private static final int INTRUDER = 225;
    private static final double INTRUDER_SIZE = 0.3;
    private static final long INTRUDER_TURN = 7_000;

    private static final int CROSSES = 11;
    private static final int DIRECTION = 12;
    private static final int SHADE = 13;
    private static final int LANE = 14;
    private static final int SPEED = 15;

    private final SceneKind kind;
    private final long seed;
    private final SceneDiary diary;
    private final SceneBackground background;
    private final SensorNoise noise;
    private final LumaFrame frame;

    /**
     * @param width of the pictures, samples
     * @param height of the pictures, samples
     */
    public SceneCamera(SceneKind kind, long seed, int width, int height) {
        this.kind = kind;
        this.seed = seed;
        this.diary = new SceneDiary(seed);
        this.background = new SceneBackground(kind, seed, width, height);
        this.noise = new SensorNoise(seed, width * height);
        this.frame = LumaFrame.allocate(width, height);
    }

    /** What out of the ordinary begins in [from, to), in order. */
    public List<PlantedEvent> diary(long from, long to) {
        return diary.between(from, to);
    }

    /** The picture at that time, milliseconds since the epoch. */
    public LumaFrame picture(long timeMillis) {
        Optional<PlantedEvent> event = diary.at(timeMillis);
        long shown = timeMillis;
        if (event.isPresent() && event.get().kind() == Kind.FROZEN) {
            shown = event.get().from();
        }
        if (event.isPresent() && event.get().kind() == Kind.COVERED) {
            cover();
        } else {
            background.paint(frame, shown);
            paintPassers(shown);
            if (event.isPresent() && event.get().kind() == Kind.INTRUSION) {
                paintIntruder(shown, event.get().from());
            }
            paintChroma(shown);
        }
        noise.add(frame.luma(), shown);
        return frame;
    }

    private void cover() {
        Arrays.fill(frame.luma(), (byte) LENS_CAP);
        fillChroma(NEUTRAL, NEUTRAL);
    }

    /** Whatever began to cross recently enough to be still in the picture. */
    private void paintPassers(long time) {
        long slot = Math.floorDiv(time, (long) kind.slotMillis());
        int slots = 2 * kind.crossingMillis() / kind.slotMillis() + 1;
        for (long s = slot - slots; s <= slot; s++) {
            long start = s * kind.slotMillis();
            if (SceneHash.unit(seed, CROSSES, s) >= kind.rate(start)) {
                continue;
            }
            double speed = 0.7 + 0.6 * SceneHash.unit(seed, SPEED, s);
            double way = (time - start) * speed / kind.crossingMillis();
            if (way < 1) {
                paintPasser(s, way);
            }
        }
    }

    private void paintPasser(long slot, double way) {
        double x = SceneHash.unit(seed, DIRECTION, slot) < 0.5 ? way : 1 - way;
        double span = 1 + 2 * kind.width();
        double left = x * span - 1.5 * kind.width();
        double lane = SceneHash.unit(seed, LANE, slot);
        double base = kind.top() + (kind.bottom() - kind.top()) * lane;
        int shade = 40 + SceneHash.below(170, seed, SHADE, slot);
        paintBox(left, base - kind.height(), kind.width(), kind.height(), shade);
    }

    private void paintIntruder(long time, long since) {
        double phase = 2 * Math.PI * (time - since) / INTRUDER_TURN;
        double x = 0.35 + 0.3 * Math.sin(phase);
        double y = 0.05 + 0.08 * Math.sin(2.3 * phase);
        paintBox(x, y, INTRUDER_SIZE * 0.6, INTRUDER_SIZE, INTRUDER);
    }

    /** A box with a darker lower half, in shares of the picture. */
    private void paintBox(double left, double top, double width, double height, int shade) {
        int w = frame.width();
        int h = frame.height();
        int x0 = clamp((int) (left * w), w);
        int x1 = clamp((int) ((left + width) * w), w);
        int y0 = clamp((int) (top * h), h);
        int y1 = clamp((int) ((top + height) * h), h);
        int middle = (y0 + y1) / 2;
        byte[] luma = frame.luma();
        for (int y = y0; y < y1; y++) {
            byte value = (byte) (y < middle ? shade : shade * 3 / 4);
            Arrays.fill(luma, y * w + x0, y * w + x1, value);
        }
    }

    private void paintChroma(long time) {
        if (Daylight.night(time)) {
            fillChroma(NEUTRAL, NEUTRAL);
        } else {
            fillChroma(NEUTRAL - 10, NEUTRAL + 8);
        }
    }

    private void fillChroma(int blue, int red) {
        Arrays.fill(frame.chromaBlue(), (byte) blue);
        Arrays.fill(frame.chromaRed(), (byte) red);
    }

    private static int clamp(int value, int bound) {
        return Math.max(0, Math.min(bound, value));
    }
}
