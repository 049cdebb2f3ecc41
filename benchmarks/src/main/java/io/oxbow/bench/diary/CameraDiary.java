package io.oxbow.bench.diary;

import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One made-up camera's days, and the truth about them: when something was planted, when it was out,
 * and how much went on in each hour.
 *
 * <p>What is normal: light that follows the sun, motion of people who walk through and of rush-hour
 * traffic, less at night and on weekends, and noise. What is planted, from the second day on: for
 * three pictures, motion in three regions at {@link #PLANTED_MOTION}, four times what people and
 * traffic reach, and an outage in which no picture comes.
 */
final class CameraDiary {
    /** Motion of a planted event, as log1p of grey levels; people and traffic stay below 1.5. */
    static final float PLANTED_MOTION = 6;

    private static final int PLANTED_PICTURES = 3;
    private static final int TILES = 24;
    private static final int COLUMNS = 6;
    private static final int ACTIVITY = 58;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    /** A stretch without pictures; {@code to} is exclusive. */
    record Outage(long from, long to) {}

    private final String name;
    private final long start;
    private final int days;
    private final long stepMillis;
    private final List<Long> planted = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final double[] hourSum;
    private final int[] hourCount;
    private final SplittableRandom random;
    private final long encoderHash = new LumaMotionEncoder().hash();
    private int events;
    private int visitLeft;
    private int visitTile;

    /** Takes in the camera's pictures, in order. */
    interface Pictures {
        void accept(Observation picture) throws Exception;
    }

    /**
     * @param start midnight before a Monday, milliseconds since the epoch
     */
    CameraDiary(String name, long start, int days, long stepMillis, long seed) {
        this.name = name;
        this.start = start;
        this.days = days;
        this.stepMillis = stepMillis;
        this.random = new SplittableRandom(seed);
        this.hourSum = new double[days * 24];
        this.hourCount = new int[days * 24];
        for (int day = 1; day < days; day++) {
            plan(start + day * DAY);
        }
    }

    /** One event and, every other day, one outage, hours apart. */
    private void plan(long day) {
        long event = day + (2 + random.nextInt(8)) * HOUR + random.nextInt(50) * 60_000L;
        planted.add(event - Math.floorMod(event - start, stepMillis));
        if (random.nextInt(2) == 0) {
            long from = day + (12 + random.nextInt(9)) * HOUR + random.nextInt(50) * 60_000L;
            long minutes = 20 + random.nextInt(130);
            outages.add(
                    new Outage(
                            from - Math.floorMod(from - start, stepMillis),
                            from + minutes * 60_000));
        }
    }

    String name() {
        return name;
    }

    /** When each planted event's first picture was taken. */
    List<Long> planted() {
        return planted;
    }

    List<Outage> outages() {
        return outages;
    }

    int events() {
        return events;
    }

    /** True mean activity of an hour, counted from the start; NaN if no picture came. */
    double hour(int index) {
        return hourCount[index] == 0 ? Double.NaN : hourSum[index] / hourCount[index];
    }

    /** Takes all pictures, and one more after the end that closes the last day. */
    void replay(Pictures pictures) throws Exception {
        long end = start + days * DAY;
        for (long time = start; time < end; time += stepMillis) {
            if (!isOut(time)) {
                pictures.accept(picture(time));
            }
        }
        pictures.accept(picture(end + stepMillis));
    }

    private boolean isOut(long time) {
        for (Outage outage : outages) {
            if (time >= outage.from() && time < outage.to()) {
                return true;
            }
        }
        return false;
    }

    private boolean isPlanted(long time) {
        for (long event : planted) {
            if (time >= event && time < event + PLANTED_PICTURES * stepMillis) {
                return true;
            }
        }
        return false;
    }

    private Observation picture(long time) {
        double hour = (time - start) % DAY / (double) HOUR;
        boolean weekend = (time - start) / DAY % 7 >= 5;
        double sun = Math.max(0, Math.sin((hour - 6) / 12 * Math.PI));
        double busy = hour < 6 || hour > 22 ? 0.05 : weekend ? 0.3 : 1;
        double rush = weekend ? 0 : Math.exp(-square(hour - 8)) + Math.exp(-square(hour - 17));
        float[] values = new float[LumaMotionEncoder.DIM];
        walk(busy);
        double motion = 0;
        for (int tile = 0; tile < TILES; tile++) {
            values[tile] = (float) (0.15 + 0.5 * sun + noise(0.01));
            double moves = Math.abs(noise(0.03));
            if (tile / COLUMNS == 3) {
                moves += rush * 0.4 * random.nextDouble();
            }
            if (visitLeft > 0 && tile == visitTile) {
                moves += 0.6 + 0.3 * random.nextDouble();
            }
            if (isPlanted(time) && tile % COLUMNS == 2 && tile < 3 * COLUMNS) {
                moves += PLANTED_MOTION;
            }
            values[TILES + tile] = (float) moves;
            motion += moves / TILES;
        }
        values[48] = (float) (0.15 + 0.5 * sun + noise(0.003));
        values[49] = (float) (0.2 + noise(0.003));
        values[50] = (float) (5 + noise(0.03));
        values[51] = (float) (1 + noise(0.01));
        values[54] = (float) motion;
        values[ACTIVITY] = (float) motion;
        values[61] = 1;
        values[63] = (float) Math.log1p(stepMillis / 1e3);
        int index = (int) ((time - start) / HOUR);
        if (index < hourSum.length) {
            hourSum[index] += values[ACTIVITY];
            hourCount[index]++;
        }
        return new Observation(
                name, 0, events++, time, time + 40, encoderHash, values, Health.OK, Origin.NONE);
    }

    /** People come at random and stay for a few pictures. */
    private void walk(double busy) {
        if (visitLeft > 0) {
            visitLeft--;
            visitTile = (visitTile + 1) % TILES;
        } else if (random.nextDouble() < 0.1 * busy) {
            visitLeft = 2 + random.nextInt(4);
            visitTile = random.nextInt(TILES);
        }
    }

    private double noise(double deviation) {
        // The sum of twelve uniform numbers is close to a normal one, and the same everywhere.
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return deviation * sum;
    }

    private static double square(double x) {
        return x * x;
    }
}
