package io.oxbow.jobs.console;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Summary;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows, in bounded memory: at most {@link #MOST_STREAMS} streams and {@link
 * #MOST_ALERTS} alerts. One thread writes, many read; each call sees and leaves a whole state.
 */
final class StreamBoard {
    static final int MOST_STREAMS = 10_000;
    static final int MOST_ALERTS = 500;

    /** A clock this close to ours is taken to be ours. */
    private static final long LIVE_MILLIS = 5 * 60_000;

    private static final long MOST_CELLS_AHEAD = 8;

    /** One clock in so many may be ahead without moving everybody's strip. */
    private static final int CLOCKS_PER_STRAY = 50;

    private final Clock clock;
    private final int mostStreams;
    private final Map<String, StreamTrack> tracks = new HashMap<>();
    private final List<StreamTrack> byNumber = new ArrayList<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private long version;
    private long order;
    private long events;
    private long refused;
    private long newest;
    private long presentAt = Long.MIN_VALUE;

    StreamBoard(Clock clock) {
        this(clock, MOST_STREAMS);
    }

    StreamBoard(Clock clock, int mostStreams) {
        this.clock = clock;
        this.mostStreams = mostStreams;
    }

    synchronized void add(Inference inference) {
        StreamTrack track = track(inference.streamId());
        if (track == null) {
            return;
        }
        Health before = track.health();
        long gap = inference.eventTime() - track.lastEventTime();
        boolean elsewhere = gap < 0 || gap > Zoom.HOUR.cellMillis();
        if (track.add(inference)) {
            events++;
            version++;
            track.touched = version;
            if (elsewhere) {
                track.rewritten = version;
            }
            if (track.events() == 1 || before != track.health()) {
                track.changed = version;
            }
        }
    }

    synchronized void add(Summary summary) {
        StreamTrack track = track(summary.streamId());
        if (track != null) {
            track.add(summary);
            version++;
            track.touched = version;
            track.rewritten = version;
        }
    }

    synchronized void add(Anomaly anomaly) {
        StreamTrack track = track(anomaly.streamId());
        if (track == null) {
            return;
        }
        Alert alert = Alert.of(track.alert(anomaly.dedupKey()), anomaly, track.number(), ++order);
        track.put(alert);
        version++;
        track.changed = version;
        track.touched = version;
        alerts.remove(alert.key());
        alerts.put(alert.key(), alert);
        if (alerts.size() > MOST_ALERTS) {
            alerts.remove(alerts.keySet().iterator().next());
        }
    }

    /** Rises with every change. */
    synchronized long version() {
        return version;
    }

    /** Inferences taken in. */
    synchronized long events() {
        return events;
    }

    /** Records of streams beyond the most that are shown. */
    synchronized long refused() {
        return refused;
    }

    synchronized int streams() {
        return byNumber.size();
    }

    synchronized int openAlerts() {
        int open = 0;
        for (StreamTrack track : byNumber) {
            open += track.openAlerts();
        }
        return open;
    }

    /**
     * The right edge of every strip, event time: the newest event's, but no single stray clock's;
     * our own once the streams' clocks agree with it. 0 while there is no event.
     */
    synchronized long present() {
        if (presentAt != version) {
            presentAt = version;
            newest = newestEventTime();
        }
        long now = clock.millis();
        return Math.abs(now - newest) < LIVE_MILLIS ? Math.max(now, newest) : newest;
    }

    private long newestEventTime() {
        long[] times =
                byNumber.stream()
                        .mapToLong(StreamTrack::lastEventTime)
                        .filter(time -> time != Long.MIN_VALUE)
                        .sorted()
                        .toArray();
        return times.length == 0 ? 0 : times[times.length - 1 - times.length / CLOCKS_PER_STRAY];
    }

    /** The directory's lines that changed after {@code since}. */
    synchronized List<Line> lines(long since) {
        List<Line> lines = new ArrayList<>();
        for (StreamTrack track : byNumber) {
            if (track.changed > since) {
                lines.add(
                        new Line(
                                track.number(),
                                track.id(),
                                track.state(),
                                track.openAlerts(),
                                track.lastAlertAt(),
                                track.firstEventTime()));
            }
        }
        return lines;
    }

    /** The newest alerts that changed after {@code order}, oldest first. */
    synchronized List<Alert> alerts(long afterOrder) {
        return alerts.values().stream().filter(alert -> alert.order() > afterOrder).toList();
    }

    /**
     * The strip of a stream by its number.
     *
     * @param since version the asker knows; 0 for none, and then the whole strip is given
     * @param sentUntil the present as of that version; only later cells are given if no other
     *     changed
     * @return empty if nothing changed
     */
    synchronized Optional<Strip> strip(int number, Zoom zoom, long since, long sentUntil) {
        if (number < 0 || number >= byNumber.size()) {
            return Optional.empty();
        }
        StreamTrack track = byNumber.get(number);
        boolean whole = since <= 0 || track.rewritten > since;
        if (!whole && track.touched <= since) {
            return Optional.empty();
        }
        CellRing ring = track.ring(zoom);
        long last = Math.floorDiv(present(), zoom.cellMillis());
        long first = last - zoom.cells() + 1;
        if (!whole) {
            first = Math.max(first, Math.floorDiv(sentUntil, zoom.cellMillis()) - 1);
        }
        // A stream may be a little ahead of the others.
        last = Math.max(last, Math.min(ring.newest(), last + MOST_CELLS_AHEAD));
        int count = (int) (last - first + 1);
        CellRing.Cells cells = ring.read(first, count);
        return Optional.of(
                new Strip(
                        number,
                        whole,
                        cells.from(),
                        Rounded.toFourDigits(cells.values()),
                        cells.sources(),
                        track.lastEventTime(),
                        track.activity(),
                        whole ? Mark.of(track.alerts()) : null));
    }

    /** All that is known of one stream. */
    synchronized Optional<StreamDetail> detail(String id) {
        return Optional.ofNullable(tracks.get(id)).map(track -> StreamDetail.of(track, present()));
    }

    /** A stream's line in the directory. */
    record Line(int n, String id, String state, int open, long lastAlertAt, long first) {}

    /**
     * A stream's cells.
     *
     * @param whole whether these are all cells of the zoom, or the newest only
     * @param last time of the last event
     * @param now activity of the last event
     * @param marks what to put above the strip; null if these are the newest cells only
     */
    record Strip(
            int n,
            boolean whole,
            long from,
            float[] v,
            String k,
            long last,
            float now,
            List<Mark> marks) {}

    /** An alert on a strip. */
    record Mark(String kind, long from, long to) {
        static List<Mark> of(List<Alert> alerts) {
            return alerts.stream()
                    .map(alert -> new Mark(alert.kind(), alert.openedAt(), alert.closedAt()))
                    .toList();
        }
    }

    private StreamTrack track(String id) {
        StreamTrack track = tracks.get(id);
        if (track == null) {
            if (byNumber.size() >= mostStreams) {
                refused++;
                return null;
            }
            track = new StreamTrack(byNumber.size(), id);
            byNumber.add(track);
            tracks.put(id, track);
            track.changed = ++version;
        }
        return track;
    }
}
