package io.oxbow.flink.summary;

import java.time.Duration;

/**
 * How one length of time is remembered: the grid of exact cells, the finer grid of memory steps and
 * the windows that summaries are made for. Windows are aligned to UTC, weeks begin on Mondays.
 *
 * <p>Shared by all streams of an operator; holds scratch space, so one per thread.
 */
final class SpanPlan {
    static final long MINUTE = Duration.ofMinutes(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long DAY = Duration.ofDays(1).toMillis();
    static final long WEEK = 7 * DAY;

    /** 1970-01-05, a Monday. */
    private static final long FIRST_MONDAY = 4 * DAY;

    private static final int SHORT_CELLS = 12;
    private static final int DAY_CELLS = 288;
    private static final int LONG_CELLS = 168;
    private static final int CURVE_CELLS = 28;
    private static final int STEPS_PER_CELL = 5;

    private final long millis;
    private final boolean summarised;
    private final int cells;
    private final int stepsPerCell;
    private final int curveCells;
    private final LegendreWindow window;

    /**
     * @param summarised whether a summary is made at the end of every such window
     * @param maxOrder upper bound of the memory's coefficients
     */
    SpanPlan(long millis, boolean summarised, int maxOrder) {
        this.millis = millis;
        this.summarised = summarised;
        int wanted = millis <= HOUR ? SHORT_CELLS : millis <= DAY ? DAY_CELLS : LONG_CELLS;
        this.cells = largestDivisor(millis, wanted);
        this.stepsPerCell = largestDivisor(millis / cells, STEPS_PER_CELL);
        this.curveCells = largestDivisor(cells, CURVE_CELLS);
        int steps = cells * stepsPerCell;
        this.window = new LegendreWindow(Math.max(1, Math.min(maxOrder, steps / 2)), steps);
    }

    private static int largestDivisor(long of, int atMost) {
        for (int divisor = atMost; divisor > 1; divisor--) {
            if (of % divisor == 0) {
                return divisor;
            }
        }
        return 1;
    }

    long millis() {
        return millis;
    }

    boolean summarised() {
        return summarised;
    }

    /** Exact cells in the span. */
    int cells() {
        return cells;
    }

    long cellMillis() {
        return millis / cells;
    }

    int stepsPerCell() {
        return stepsPerCell;
    }

    long stepMillis() {
        return millis / cells / stepsPerCell;
    }

    /** Cells of a summary's curve. */
    int curveCells() {
        return curveCells;
    }

    LegendreWindow window() {
        return window;
    }

    /** Start of the window that holds {@code time}. */
    long windowStart(long time) {
        return floor(time, millis);
    }

    /** Start of the step that holds {@code time}. */
    long stepStart(long time) {
        return floor(time, stepMillis());
    }

    private long floor(long time, long grid) {
        long origin = millis == WEEK ? FIRST_MONDAY : 0;
        return time - Math.floorMod(time - origin, grid);
    }

    /** What summaries of this span are called: {@code hour}, {@code day}, {@code 10s}. */
    String kind() {
        return kind(millis);
    }

    static String kind(long millis) {
        if (millis == HOUR) {
            return "hour";
        }
        if (millis == DAY) {
            return "day";
        }
        if (millis == WEEK) {
            return "week";
        }
        if (millis % DAY == 0) {
            return millis / DAY + "d";
        }
        if (millis % HOUR == 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0) {
            return millis / MINUTE + "min";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
