package io.oxbow.flink.summary;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.StreamSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Signals for tests. */
final class Signals {
    /** Monday 3 March 2025, 08:00 UTC. */
    static final long MONDAY_8 = Instant.parse("2025-03-03T08:00:00Z").toEpochMilli();

    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private static final float[] NONE = {};

    private Signals() {}

    static Inference event(String streamId, long time, float activity) {
        return event(streamId, time, activity, 0.5f, Health.OK);
    }

    static Inference event(String streamId, long time, float activity, float p, Health health) {
        return event(streamId, time, activity, p, health, NONE, NONE, NONE);
    }

    /** An event whose surprise, if its p-value is small, lies in one channel of eight. */
    static Inference unusual(String streamId, long time, float activity, float p, int channel) {
        float[] values = new float[8];
        float[] forecast = new float[8];
        float[] attribution = new float[8];
        values[channel] = 4.25f;
        forecast[channel] = 0.5f;
        attribution[channel] = 8;
        attribution[(channel + 1) % 8] = -1;
        return event(streamId, time, activity, p, Health.OK, values, forecast, attribution);
    }

    /** The same event with its evidence: digits of each kind, then channels. */
    static Inference with(Inference e, float... evidence) {
        return with(e, e.health(), evidence);
    }

    private static Inference event(
            String streamId,
            long time,
            float activity,
            float p,
            Health health,
            float[] values,
            float[] forecast,
            float[] attribution) {
        return new Inference(
                streamId,
                1,
                time,
                time,
                time,
                0,
                time / 1000,
                health,
                activity,
                1 - p,
                p,
                values,
                forecast,
                attribution,
                NONE,
                NONE,
                NONE);
    }

    static Query query(String streamId, String kind, long time) {
        return query(streamId, kind, 0, 0, time);
    }

    static Query query(String streamId, String kind, long from, long to, long time) {
        return new Query("q-" + time, streamId, "", kind, from, to, 0, 0, 0, time, "replies");
    }

    /**
     * Three streams over an hour or so, in the order of time: different rhythms, outages, unusual
     * moments, a covered lens, a lost model state, questions, and now and then a late event.
     */
    static List<StreamSignal> busyMorning(long seed) {
        List<StreamSignal> signals = new ArrayList<>();
        Random random = new Random(seed);
        String[] streams = {"gate", "yard", "hall"};
        for (int s = 0; s < streams.length; s++) {
            long time = MONDAY_8 + random.nextInt(3000);
            long end = MONDAY_8 + 80 * MINUTE - s * 10 * MINUTE;
            Health health = Health.OK;
            long busyUntil = 0;
            int channel = 0;
            while (time < end) {
                if (random.nextInt(100) == 0) {
                    busyUntil = time + random.nextInt(40_000);
                    channel = random.nextInt(8);
                }
                if (random.nextInt(200) == 0) {
                    health = Health.values()[random.nextInt(Health.values().length)];
                }
                float p = time < busyUntil ? 1e-7f * random.nextFloat() : random.nextFloat();
                float activity = (float) (2 + Math.sin(time / 6e5) + 0.3 * random.nextGaussian());
                Inference event = unusual(streams[s], time, activity, p, channel);
                signals.add(withHealth(event, health));
                if (random.nextInt(400) == 0) {
                    signals.add(event(streams[s], time - 40_000, 9));
                }
                if (random.nextInt(500) == 0) {
                    signals.add(new StateReset(streams[s], 1, 2, time, "not finite"));
                }
                if (random.nextInt(30) == 0) {
                    String[] kinds = {"status", "history", "peaks", "compare", "baseline"};
                    signals.add(query(streams[s], kinds[random.nextInt(kinds.length)], time));
                }
                boolean outage = random.nextInt(250) == 0;
                time +=
                        outage
                                ? random.nextInt(25 * 60_000)
                                : 1500 + random.nextInt(5000) * (s + 1);
            }
        }
        // Late events stay behind their stream's: the sort is stable, by arrival.
        List<Long> arrival = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        String stream = "";
        for (StreamSignal signal : signals) {
            latest =
                    signal.streamId().equals(stream)
                            ? Math.max(latest, signal.eventTime())
                            : signal.eventTime();
            stream = signal.streamId();
            arrival.add(latest);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(arrival::get));
        return order.stream().map(signals::get).toList();
    }

    private static Inference withHealth(Inference e, Health health) {
        return with(e, health, e.evidence());
    }

    private static Inference with(Inference e, Health health, float[] evidence) {
        return new Inference(
                e.streamId(),
                e.epoch(),
                e.seq(),
                e.eventTime(),
                e.ingestTime(),
                e.encoderHash(),
                e.stateVersion(),
                health,
                e.activity(),
                e.score(),
                e.pValue(),
                e.values(),
                e.forecast(),
                e.attribution(),
                e.embedding(),
                e.head(),
                evidence);
    }
}
