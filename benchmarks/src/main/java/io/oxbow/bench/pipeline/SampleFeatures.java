package io.oxbow.bench.pipeline;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import java.util.SplittableRandom;

/**
 * Feature events of many streams. The vectors come from a fixed pool and are shared; the rest of an
 * event is made anew. Not thread-safe.
 */
public final class SampleFeatures {
    private static final String PREFIX = "stream-";
    private static final int POOL = 1024;
    private static final long START = 1_700_000_000_000L;

    private final float[][] pool = new float[POOL][BenchmarkModel.CHANNELS];

    public SampleFeatures() {
        SplittableRandom random = new SplittableRandom(11);
        for (int v = 0; v < POOL; v++) {
            for (int c = 0; c < BenchmarkModel.CHANNELS; c++) {
                pool[v][c] = (float) (Math.sin(0.01 * v + c) + 0.1 * random.nextDouble());
            }
        }
    }

    /**
     * The {@code seq}-th event of a stream, a second after the one before.
     *
     * @param ingestTime milliseconds since the epoch
     */
    public Observation event(int stream, long seq, long ingestTime) {
        return new Observation(
                name(stream),
                0,
                seq,
                START + 1000 * seq,
                ingestTime,
                0,
                pool[(int) (seq + 31L * stream & POOL - 1)],
                Health.OK,
                Origin.NONE);
    }

    private static String name(int stream) {
        return PREFIX + stream;
    }

    /** Number of the stream of that name. */
    public static int number(String streamId) {
        return Integer.parseInt(streamId.substring(PREFIX.length()));
    }
}
