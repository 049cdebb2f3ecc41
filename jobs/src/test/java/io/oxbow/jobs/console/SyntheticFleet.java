package io.oxbow.jobs.console;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Writes what a job would have written about a week of made-up streams: summaries of days and, for
 * the last day, of hours, anomalies, and inferences that go on. Seeded: a fleet's results are a
 * function of its size, its seed and the present.
 */
final class SyntheticFleet {
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;

    private static final String[] PLACES = {
        "gate", "dock", "lobby", "yard", "aisle", "stairs", "garage", "roof", "lab", "press"
    };
    private static final String[] ILLNESSES = {"covered", "defocused", "moved", "frozen"};

    private final int streams;
    private final long seed;
    private final long present;
    private final EventProducer producer;
    private long seq;

    SyntheticFleet(int streams, long seed, long present, EventProducer producer) {
        this.streams = streams;
        this.seed = seed;
        this.present = present;
        this.producer = producer;
    }

    String name(int stream) {
        return PLACES[stream % PLACES.length] + "-" + (stream / PLACES.length + 1);
    }

    /** Whether the stream has nothing to say at that time: one in eight has such hours. */
    boolean silent(int stream, long time) {
        return stream % 8 == 3 && Math.floorMod(time / HOUR + stream, 31) < 3;
    }

    /** Mean activity of a cell. */
    float activity(int stream, long time) {
        double hour = Math.floorMod(time, DAY) / (double) HOUR;
        boolean weekend = Math.floorMod(time / DAY + 3, 7) > 4;
        double opening = 6 + stream % 5;
        double day = Math.exp(-Math.pow((hour - opening - 5) / (3 + stream % 3), 2));
        double noise = new Random(seed ^ stream * 7_919L ^ time / 300_000).nextGaussian();
        return (float) Math.max(0.02, (weekend ? 0.35 : 1) * day * 2 + 0.25 + 0.12 * noise);
    }

    /** The week up to the present. */
    void writeWeek() throws IOException {
        long today = present - Math.floorMod(present, DAY);
        for (int stream = 0; stream < streams; stream++) {
            for (int day = 7; day >= 1; day--) {
                producer.send(
                        EventMappings.SUMMARY, summary(stream, "day", today - day * DAY, 24, HOUR));
            }
            long hour = present - Math.floorMod(present, HOUR);
            for (int back = 24; back >= 1; back--) {
                producer.send(
                        EventMappings.SUMMARY,
                        summary(stream, "hour", hour - back * HOUR, 12, HOUR / 12));
            }
            writeAnomalies(stream);
        }
        producer.flush();
    }

    /** One event of every stream, so long before the present. */
    void writeEvents(long ago) throws IOException {
        long time = present - ago;
        seq++;
        for (int stream = 0; stream < streams; stream++) {
            if (!silent(stream, time)) {
                producer.send(EventMappings.INFERENCE, inference(stream, time, seq, Health.OK));
            }
        }
        producer.flush();
    }

    Inference inference(int stream, long time, long number, Health health) {
        return new Inference(
                name(stream),
                1,
                number,
                time,
                time,
                0,
                number,
                health,
                activity(stream, time),
                0.1f,
                0.4f,
                new float[0],
                new float[0],
                new float[0],
                new float[0],
                new float[0],
                new float[0]);
    }

    Summary summary(int stream, String kind, long from, int cells, long step) {
        float[] values = new float[cells];
        double sum = 0;
        int seen = 0;
        for (int i = 0; i < cells; i++) {
            long time = from + i * step;
            values[i] = silent(stream, time) ? Float.NaN : activity(stream, time);
            if (!Float.isNaN(values[i])) {
                sum += values[i];
                seen++;
            }
        }
        long to = from + cells * step;
        return new Summary(
                name(stream),
                kind,
                from,
                to,
                to - 1,
                seen * 30L,
                seen * 30L,
                seen / (float) cells,
                (float) (sum / Math.max(1, seen)),
                Float.NaN,
                Float.NaN,
                Float.NaN,
                Float.NaN,
                new Timeline(from, step, values, 0.05f, 0.08f),
                Timeline.EMPTY,
                List.of(),
                Stretch.NONE,
                Stretch.NONE,
                List.of(),
                List.of(),
                List.of(),
                name(stream) + ": made up.");
    }

    private void writeAnomalies(int stream) throws IOException {
        Random random = new Random(seed * 31 + stream);
        if (random.nextInt(3) == 0) {
            long opened = present - (long) (random.nextDouble() * 20 * HOUR);
            boolean open = random.nextInt(12) == 0;
            producer.send(
                    EventMappings.ANOMALY, novelty(stream, opened, opened, Anomaly.Phase.OPEN));
            if (!open) {
                producer.send(
                        EventMappings.ANOMALY,
                        novelty(stream, opened, opened + 90_000, Anomaly.Phase.CLOSE));
            }
        }
        if (random.nextInt(12) == 0) {
            String kind = ILLNESSES[random.nextInt(ILLNESSES.length)];
            long opened = present - (long) (random.nextDouble() * 22 * HOUR);
            producer.send(EventMappings.ANOMALY, illness(stream, kind, opened));
        }
    }

    Anomaly novelty(int stream, long opened, long time, Anomaly.Phase phase) {
        return new Anomaly(
                name(stream),
                "novelty",
                phase,
                opened,
                time,
                0.97f,
                3e-6f,
                List.of(new Attribution(3, 0.2f, 2.1f, 7.4f)),
                name(stream) + "/novelty/" + opened,
                phase == Anomaly.Phase.OPEN
                        ? name(stream)
                                + " became unusual: channel 3 was 2.1 where 0.2 was expected"
                                + " (7.4 sigma); one event in 330,000 is like this by chance."
                        : name(stream) + " is back to normal.",
                List.of(new Evidence("forecast", 3, 5.5f)));
    }

    Anomaly illness(int stream, String kind, long opened) {
        return new Anomaly(
                name(stream),
                kind,
                Anomaly.Phase.OPEN,
                opened,
                opened,
                Float.NaN,
                Float.NaN,
                List.of(),
                name(stream) + "/" + kind + "/" + opened,
                name(stream) + " is " + kind + ".",
                List.of(new Evidence("health", -1, Float.NaN)));
    }
}
