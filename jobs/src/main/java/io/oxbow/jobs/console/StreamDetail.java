package io.oxbow.jobs.console;

import io.oxbow.flink.event.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one stream's page shows.
 *
 * @param present right edge of its curves
 * @param curves by the zoom's label
 * @param alerts newest last
 */
record StreamDetail(
        int n,
        String id,
        String state,
        long present,
        long events,
        long firstEventTime,
        long lastEventTime,
        Map<String, Curve> curves,
        List<Alert> alerts,
        List<Summary> summaries) {

    /**
     * The cells of one zoom.
     *
     * @param v mean activity; NaN where nothing is known
     * @param surprise highest surprise; NaN where nothing is known
     * @param k a digit a cell: where its mean comes from
     */
    record Curve(long from, long step, float[] v, float[] surprise, String k) {}

    static StreamDetail of(StreamTrack track, long present) {
        Map<String, Curve> curves = new LinkedHashMap<>();
        for (Zoom zoom : Zoom.values()) {
            long first = Math.floorDiv(present, zoom.cellMillis()) - zoom.cells() + 1;
            CellRing.Cells cells = track.ring(zoom).read(first, zoom.cells());
            curves.put(
                    zoom.label(),
                    new Curve(
                            cells.from(),
                            zoom.cellMillis(),
                            Rounded.toFourDigits(cells.values()),
                            Rounded.toFourDigits(cells.surprises()),
                            cells.sources()));
        }
        return new StreamDetail(
                track.number(),
                track.id(),
                track.state(),
                present,
                track.events(),
                track.firstEventTime(),
                track.lastEventTime(),
                curves,
                track.alerts(),
                track.summaries());
    }
}
