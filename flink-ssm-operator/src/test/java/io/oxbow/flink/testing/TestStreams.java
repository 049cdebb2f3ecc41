package io.oxbow.flink.testing;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded events of several streams, one after another as they would arrive. */
public final class TestStreams {

    private TestStreams() {}

    /** {@code count} events of {@code streams} streams, each in order. */
    public static List<StreamEvent> events(long seed, int streams, int count) {
        Random random = new Random(seed);
        long[] seq = new long[streams];
        List<StreamEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int stream = random.nextInt(streams);
            events.add(
                    event(
                            "stream-" + stream,
                            seq[stream]++,
                            1_000_000 + 40L * i,
                            (float) random.nextGaussian(),
                            (float) random.nextGaussian(),
                            stream));
        }
        return events;
    }

    public static Observation event(String stream, long seq, long eventTime, float... values) {
        return new Observation(
                stream,
                1,
                seq,
                eventTime,
                eventTime + 7,
                TestModels.ENCODER,
                values,
                Health.OK,
                Origin.NONE);
    }
}
