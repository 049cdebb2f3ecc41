package io.oxbow.jobs.ask;

import io.oxbow.flink.event.Timeline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Draws a curve with block characters, one a cell of time; a cell nothing was seen in is a dot. A
 * long curve is drawn with the mean of neighbouring cells.
 */
final class TimelineChart {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final char NOTHING = '·';
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final int width;

    TimelineChart(int width) {
        this.width = width;
    }

    /** Three lines: range of values, the curve, and its first and last time. */
    String draw(Timeline timeline) {
        float[] cells = narrowed(timeline.values());
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float cell : cells) {
            if (!Float.isNaN(cell)) {
                lowest = Math.min(lowest, cell);
                highest = Math.max(highest, cell);
            }
        }
        if (lowest > highest) {
            return "nothing was seen in this range";
        }
        StringBuilder curve = new StringBuilder(cells.length);
        for (float cell : cells) {
            curve.append(block(cell, lowest, highest));
        }
        long end = timeline.from() + timeline.stepMillis() * timeline.values().length;
        return "%s to %s%s%n%s%n%s to %s"
                .formatted(
                        number(lowest),
                        number(highest),
                        error(timeline),
                        curve,
                        TIME.format(Instant.ofEpochMilli(timeline.from())),
                        TIME.format(Instant.ofEpochMilli(end)));
    }

    private static String error(Timeline timeline) {
        String error = Float.isNaN(timeline.error()) ? "" : ", error " + number(timeline.error());
        return Float.isNaN(timeline.bound())
                ? error
                : error + ", nine in ten within " + number(timeline.bound());
    }

    private static char block(float cell, float lowest, float highest) {
        if (Float.isNaN(cell)) {
            return NOTHING;
        }
        float share = highest > lowest ? (cell - lowest) / (highest - lowest) : 0;
        return BLOCKS.charAt(Math.min(BLOCKS.length() - 1, (int) (share * BLOCKS.length())));
    }

    private static String number(float value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private float[] narrowed(float[] values) {
        int per = (values.length + width - 1) / width;
        if (per <= 1) {
            return values;
        }
        float[] cells = new float[(values.length + per - 1) / per];
        for (int cell = 0; cell < cells.length; cell++) {
            float sum = 0;
            int seen = 0;
            for (int i = cell * per; i < Math.min(values.length, (cell + 1) * per); i++) {
                if (!Float.isNaN(values[i])) {
                    sum += values[i];
                    seen++;
                }
            }
            cells[cell] = seen == 0 ? Float.NaN : sum / seen;
        }
        return cells;
    }
}
