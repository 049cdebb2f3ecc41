package io.oxbow.jobs.recovery;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.configuration.Configuration;

/**
 * A seeded recording of several sensors over some hours: daily rhythm, noise, jumps, gaps, a
 * covered lens, repeated and late events, and questions in between. The same seed gives the same
 * events in the same order.
 */
final class RecordedStreams {
    static final int CHANNELS = 4;
    private static final long START = 1_790_000_000_000L;
    private static final long STEP_MILLIS = 2_000;
    private static final long END = START + 6 * 3_600_000L;

    private final List<Object> events = new ArrayList<>();
    private int observations;

    private RecordedStreams() {}

    /** Records {@code streams} sensors of {@code eventsPerStream} events each. */
    static RecordedStreams record(long seed, int streams, int eventsPerStream) {
        RecordedStreams recorded = new RecordedStreams();
        SplittableRandom random = new SplittableRandom(seed);
        long[] time = new long[streams];
        long[] seq = new long[streams];
        int[] left = new int[streams];
        float[][] level = new float[streams][CHANNELS];
        Arrays.fill(time, START);
        Arrays.fill(left, eventsPerStream);
        int remaining = streams * eventsPerStream;
        while (remaining > 0) {
            int s = random.nextInt(streams);
            if (left[s] == 0) {
                continue;
            }
            left[s]--;
            remaining--;
            boolean last = left[s] == 0;
            time[s] = last ? END : time[s] + pause(random);
            recorded.observe(
                    s, seq[s]++, time[s], health(random, left[s]), values(random, level[s]));
            recorded.maybeDisturb(random, s, time[s], last);
        }
        return recorded;
    }

    /** Mostly the regular step; sometimes a gap of several minutes. */
    private static long pause(SplittableRandom random) {
        return random.nextInt(400) == 0
                ? 60_000L * (5 + random.nextInt(10))
                : STEP_MILLIS + random.nextInt(500);
    }

    private static Health health(SplittableRandom random, int left) {
        return left % 500 > 470 && random.nextInt(10) > 0 ? Health.COVERED : Health.OK;
    }

    private static float[] values(SplittableRandom random, float[] level) {
        float[] values = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            if (random.nextInt(1000) == 0) {
                level[c] += (float) (random.nextDouble() * 40 - 20);
            }
            values[c] = level[c] + (float) random.nextDouble();
        }
        return values;
    }

    private void observe(int stream, long seq, long time, Health health, float[] values) {
        events.add(
                new Observation(
                        name(stream), 1, seq, time, time + 40, 0, values, health, Origin.NONE));
        observations++;
    }

    /**
     * Repeats the event, asks about its stream, or does nothing; nothing follows the last event.
     */
    private void maybeDisturb(SplittableRandom random, int stream, long time, boolean last) {
        int dice = random.nextInt(100);
        if (last || dice > 2) {
            return;
        }
        if (dice == 0) {
            events.add(events.get(events.size() - 1));
        } else {
            String kind = dice == 1 ? "status" : "peaks";
            events.add(
                    new Query(
                            "q" + events.size(), name(stream), "", kind, 0, 0, 0, 0, 0, time, ""));
        }
    }

    private static String name(int stream) {
        return "sensor-" + stream;
    }

    /** Distinct observations: as many inferences must come out. */
    int observations() {
        return observations;
    }

    /** Everything, in order: {@link Observation}s, some twice, and {@link Query}s. */
    List<Object> events() {
        return events;
    }

    /** Writes everything to the input topics. */
    void produce(Configuration config) throws Exception {
        producePart(config, 0, 1);
    }

    /** Writes the part from one share of all to another, for example 0 to 0.5. */
    void producePart(Configuration config, double from, double to) throws Exception {
        int first = (int) (events.size() * from);
        int end = (int) (events.size() * to);
        try (EventProducer producer = new EventProducer(config)) {
            for (Object event : events.subList(first, end)) {
                if (event instanceof Observation observation) {
                    producer.send(EventMappings.OBSERVATION, observation);
                } else if (event instanceof Query query) {
                    producer.send(EventMappings.QUERY, query);
                }
            }
            producer.flush();
        }
    }
}
