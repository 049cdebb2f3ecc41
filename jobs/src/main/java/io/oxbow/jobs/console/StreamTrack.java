package io.oxbow.jobs.console;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page knows of one stream: cells for every {@link Zoom}, its latest alerts and summaries.
 * Bounded: {@value #BYTES} bytes of cells, {@value #MOST_ALERTS} alerts and {@value
 * #MOST_SUMMARIES} summaries. Not thread-safe; the {@link StreamBoard} guards it.
 */
final class StreamTrack {
    static final int BYTES = (240 + 288 + 168) * CellRing.BYTES_PER_CELL;
    static final int MOST_ALERTS = 32;
    static final int MOST_SUMMARIES = 6;

    /** A silence of as many mean gaps is part of the rhythm, as the job's summariser has it. */
    private static final int GAPS_OF_SILENCE = 5;

    private static final long LEAST_SILENCE_MILLIS = 60_000;
    private static final long COARSEST_CURVE = 12;
    private static final double GAP_WEIGHT = 0.05;
    private static final float HIGHEST_SURPRISE = 40;

    private final int number;
    private final String id;
    private final Map<Zoom, CellRing> rings = new EnumMap<>(Zoom.class);
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Summary> summaries = new LinkedHashMap<>();

    private long epoch = Long.MIN_VALUE;
    private long seq = Long.MIN_VALUE;
    private long firstEventTime = Long.MAX_VALUE;
    private long lastEventTime = Long.MIN_VALUE;
    private double meanGapMillis = Double.NaN;
    private long events;
    private float activity = Float.NaN;
    private Health health = Health.UNKNOWN;

    /** When its line in the directory last changed, by the board's count. */
    long changed;

    /** When cells other than the newest last changed, by the board's count. */
    long rewritten;

    /** When any cell last changed, by the board's count. */
    long touched;

    StreamTrack(int number, String id) {
        this.number = number;
        this.id = id;
        for (Zoom zoom : Zoom.values()) {
            rings.put(zoom, new CellRing(zoom.cellMillis(), zoom.cells()));
        }
    }

    int number() {
        return number;
    }

    String id() {
        return id;
    }

    long events() {
        return events;
    }

    long firstEventTime() {
        return firstEventTime;
    }

    long lastEventTime() {
        return lastEventTime;
    }

    float activity() {
        return activity;
    }

    Health health() {
        return health;
    }

    CellRing ring(Zoom zoom) {
        return rings.get(zoom);
    }

    /** Newest last. */
    List<Alert> alerts() {
        return new ArrayList<>(alerts.values());
    }

    List<Summary> summaries() {
        return new ArrayList<>(summaries.values());
    }

    /** {@code novelty}, an illness of the sensor such as {@code covered}, or {@code ok}. */
    String state() {
        String state = "ok";
        for (Alert alert : alerts.values()) {
            if (alert.open()) {
                if (!alert.kind().equals("novelty")) {
                    return alert.kind();
                }
                state = alert.kind();
            }
        }
        return state.equals("ok") && health == Health.NIGHT ? "night" : state;
    }

    int openAlerts() {
        int open = 0;
        for (Alert alert : alerts.values()) {
            open += alert.open() ? 1 : 0;
        }
        return open;
    }

    long lastAlertAt() {
        long last = 0;
        for (Alert alert : alerts.values()) {
            last = Math.max(last, alert.openedAt());
        }
        return last;
    }

    /**
     * Takes in an event's inference; one that was seen before (read again after a failure of the
     * job, whose outputs are the same) changes nothing.
     *
     * @return whether it was new
     */
    boolean add(Inference inference) {
        if (inference.epoch() == epoch && inference.seq() <= seq) {
            return false;
        }
        epoch = inference.epoch();
        seq = inference.seq();
        long time = inference.eventTime();
        float value = Float.isFinite(inference.activity()) ? inference.activity() : 0;
        float p = inference.pValue();
        float surprise =
                p > 0
                        ? Math.min(HIGHEST_SURPRISE, (float) -Math.log10(p))
                        : p == 0 ? HIGHEST_SURPRISE : 0;
        bridge(time);
        for (CellRing ring : rings.values()) {
            ring.add(time, value, surprise);
        }
        events++;
        reach(time);
        activity = value;
        Health now = inference.health();
        health = now == Health.UNKNOWN ? health : now;
        return true;
    }

    /** Takes in a summary's curve, which fills what the events themselves did not. */
    void add(Summary summary) {
        Timeline curve = summary.activity();
        float[] values = curve.values();
        for (int i = 0; i < values.length; i++) {
            long from = curve.from() + i * curve.stepMillis();
            long to = from + curve.stepMillis();
            for (CellRing ring : rings.values()) {
                // Much coarser a curve would draw steps that nobody saw.
                if (curve.stepMillis() <= COARSEST_CURVE * ring.cellMillis()) {
                    ring.fill(
                            from,
                            to,
                            values[i],
                            curve.stepMillis() > ring.cellMillis()
                                    ? CellRing.COARSE
                                    : CellRing.CURVE);
                }
            }
        }
        if (summary.events() > 0) {
            firstEventTime = Math.min(firstEventTime, summary.from());
            lastEventTime = Math.max(lastEventTime, summary.asOf());
        }
        Summary known = summaries.get(summary.kind());
        if (known == null || known.to() <= summary.to()) {
            summaries.remove(summary.kind());
            summaries.put(summary.kind(), summary);
            if (summaries.size() > MOST_SUMMARIES) {
                summaries.remove(summaries.keySet().iterator().next());
            }
        }
    }

    Alert alert(String key) {
        return alerts.get(key);
    }

    void put(Alert alert) {
        alerts.remove(alert.key());
        alerts.put(alert.key(), alert);
        if (alerts.size() > MOST_ALERTS) {
            alerts.remove(alerts.keySet().iterator().next());
        }
    }

    private void reach(long time) {
        firstEventTime = Math.min(firstEventTime, time);
        if (lastEventTime != Long.MIN_VALUE && time > lastEventTime) {
            double gap = time - lastEventTime;
            meanGapMillis =
                    Double.isNaN(meanGapMillis)
                            ? gap
                            : meanGapMillis + GAP_WEIGHT * (gap - meanGapMillis);
        }
        lastEventTime = Math.max(lastEventTime, time);
    }

    /** A gap no longer than the stream's rhythm allows is not an absence of data. */
    private void bridge(long time) {
        if (lastEventTime == Long.MIN_VALUE || Double.isNaN(meanGapMillis)) {
            return;
        }
        long gap = time - lastEventTime;
        if (gap > 0 && gap <= Math.max(LEAST_SILENCE_MILLIS, GAPS_OF_SILENCE * meanGapMillis)) {
            for (CellRing ring : rings.values()) {
                ring.fill(lastEventTime, time, activity, CellRing.HELD);
            }
        }
    }
}
