package io.oxbow.flink.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What every stream's memory of one operator consists of: one {@link SpanPlan} per length of time,
 * shortest first. The last hour and day are always among them.
 */
final class MemoryPlan {
    static final int MAX_ORDER = 256;
    static final int MAX_PEAKS = 256;
    static final int MAX_CELLS = 288;
    static final int MAX_SPANS = 32;
    static final long MAX_SPAN_MILLIS = 366 * SpanPlan.DAY;

    /** Peaks kept of the last day beside those of the windows, for questions. */
    static final int RECENT_PEAKS = 64;

    private final SpanPlan[] spans;
    private final int day;
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
        if (lengths.size() > MAX_SPANS) {
            throw new IllegalArgumentException(
                    SummaryOptions.WINDOW.key()
                            + " lists "
                            + settings.windows().size()
                            + " lengths; the most is "
                            + (MAX_SPANS - 2)
                            + ".");
        }
        List<SpanPlan> plans = new ArrayList<>();
        for (long millis : lengths) {
            plans.add(
                    new SpanPlan(
                            millis, settings.windows().contains(millis), settings.memoryOrder()));
        }
        spans = plans.toArray(SpanPlan[]::new);
        day = new ArrayList<>(lengths).indexOf(SpanPlan.DAY);
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
                            + ": list fewer windows, lower "
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

    /** Peaks kept per window. */
    int peaks() {
        return peaks;
    }

    /** Size of one stream's memory as it is stored: the same for every stream, whatever it saw. */
    int bytesPerStream() {
        return bytesPerStream;
    }
}
