package io.oxbow.bench.chaos;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded readings of several sensors without end: noise, jumps, gaps of minutes, a covered lens.
 * The same seed gives the same events in the same order, however many are drawn. Not thread-safe.
 */
final class SensorEvents {
    static final int CHANNELS = 4;
    static final int STREAMS = 12;

    private static final long START = 1_790_000_000_000L;
    private static final long STEP_MILLIS = 2_000;
    private static final long END_GAP_MILLIS = 3 * 3_600_000L;

    private final SplittableRandom random;
    private final long[] time = new long[STREAMS];
    private final long[] seq = new long[STREAMS];
    private final float[][] level = new float[STREAMS][CHANNELS];
    private int next;

    SensorEvents(long seed) {
        random = new SplittableRandom(seed);
        Arrays.fill(time, START);
    }

    /** The streams take turns, so that none is far ahead of another in event time. */
    Observation next() {
        int stream = next;
        next = (next + 1) % STREAMS;
        time[stream] = Math.max(time[stream], earliest()) + pause();
        for (int c = 0; c < CHANNELS; c++) {
            if (random.nextInt(1000) == 0) {
                level[stream][c] += (float) (random.nextDouble() * 40 - 20);
            }
        }
        return observation(stream, random.nextInt(50) == 0 ? Health.COVERED : Health.OK);
    }

    /** One more of every stream, at one time long after: it closes every window there is. */
    List<Observation> last() {
        long end = Arrays.stream(time).max().getAsLong() + END_GAP_MILLIS;
        Arrays.fill(time, end);
        List<Observation> last = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            last.add(observation(stream, Health.OK));
        }
        return last;
    }

    private long earliest() {
        return Arrays.stream(time).min().getAsLong();
    }

    private long pause() {
        return random.nextInt(400) == 0
                ? 60_000L * (2 + random.nextInt(5))
                : STEP_MILLIS + random.nextInt(500);
    }

    private Observation observation(int stream, Health health) {
        float[] values = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            values[c] = level[stream][c] + (float) random.nextDouble();
        }
        return new Observation(
                "sensor-" + stream,
                1,
                seq[stream]++,
                time[stream],
                time[stream],
                0,
                values,
                health,
                Origin.NONE);
    }
}
