package io.oxbow.flink.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What every stream's memory of one operator consists of: one {@link SpanPlan} per length of time,
 * shortest first, and all time. The last hour, day and week are always among the lengths. Each
 * remembers the same curves: {@link #ACTIVITY}, {@link #NOVELTY}, then the chosen channels.
 */
final class MemoryPlan {
    /** Curve of how much was going on. */
    static final int ACTIVITY = 0;

    /** Curve of the anomaly score. */
    static final int NOVELTY = 1;

    /** Curve of the first chosen channel. */
    static final int CHANNELS = 2;

    static final int MAX_CHANNELS = 8;
    static final int MAX_CURVES = CHANNELS + MAX_CHANNELS;
    static final int MAX_ORDER = 256;
    static final int MAX_PEAKS = 256;
    static final int MAX_CELLS = 288;
    static final int MAX_SPANS = 32;
    static final long MAX_SPAN_MILLIS = 366 * SpanPlan.DAY;

    /** Peaks kept of the last week beside those of the windows, for questions. */
    static final int RECENT_PEAKS = 128;

    private final SpanPlan[] spans;
    private final int curves;
    private final LegendreHistory history;
    private final int day;
    private final int week;
    private final int peaks;
    private final int bytesPerStream;

    /**
     * @throws IllegalArgumentException if a memory would exceed its bound, or there are too many
     *     windows
     */
    MemoryPlan(SummarySettings settings) {
        TreeSet<Long> lengths = new TreeSet<>(settings.windows());
        lengths.add(SpanPlan.HOUR);
        lengths.add(SpanPlan.DAY);
        lengths.add(SpanPlan.WEEK);
        if (lengths.size() > MAX_SPANS) {
            throw new IllegalArgumentException(
                    SummaryOptions.WINDOW.key()
                            + " lists "
                            + settings.windows().size()
                            + " lengths; the most is "
                            + (MAX_SPANS - 3)
                            + ".");
        }
        List<SpanPlan> plans = new ArrayList<>();
        for (long millis : lengths) {
            plans.add(
                    new SpanPlan(
                            millis, settings.windows().contains(millis), settings.memoryOrder()));
        }
        spans = plans.toArray(SpanPlan[]::new);
        curves = CHANNELS + settings.channelCurves();
        history = new LegendreHistory(settings.memoryOrder());
        day = new ArrayList<>(lengths).indexOf(SpanPlan.DAY);
        week = new ArrayList<>(lengths).indexOf(SpanPlan.WEEK);
        peaks = settings.peaks();
        bytesPerStream = StreamMemory.bytes(this);
        if (bytesPerStream > settings.memoryPerStream()) {
            throw new IllegalArgumentException(
                    "A stream's memory would take "
                            + bytesPerStream
                            + " bytes, but "
                            + SummaryOptions.MEMORY_PER_STREAM.key()
                            + " allows "
                            + settings.memoryPerStream()
                            + ": list fewer windows or channels, lower "
                            + SummaryOptions.MEMORY_ORDER.key()
                            + " or "
                            + SummaryOptions.PEAKS.key()
                            + ", or allow more.");
        }
    }

    int spanCount() {
        return spans.length;
    }

    SpanPlan span(int index) {
        return spans[index];
    }

    /** Index of the span of one day, whose cells are the five-minute counters. */
    int day() {
        return day;
    }

    /** Index of the span of one week, whose cells are hours. */
    int week() {
        return week;
    }

    /** Curves remembered: {@link #ACTIVITY}, {@link #NOVELTY} and the channels. */
    int curves() {
        return curves;
    }

    /** How all time is remembered. */
    LegendreHistory history() {
        return history;
    }

    /** Peaks kept per window. */
    int peaks() {
        return peaks;
    }

    /** Size of one stream's memory as it is stored: the same for every stream, whatever it saw. */
    int bytesPerStream() {
        return bytesPerStream;
    }
}
