package io.oxbow.jobs.console;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much time a strip shows, and how finely. */
enum Zoom {
    HOUR(Duration.ofSeconds(15), 240),
    DAY(Duration.ofMinutes(5), 288),
    WEEK(Duration.ofHours(1), 168);

    private final long cellMillis;
    private final int cells;

    Zoom(Duration cell, int cells) {
        this.cellMillis = cell.toMillis();
        this.cells = cells;
    }

    long cellMillis() {
        return cellMillis;
    }

    int cells() {
        return cells;
    }

    /** As the page calls it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Zoom> labelled(String label) {
        return Arrays.stream(values()).filter(zoom -> zoom.label().equals(label)).findFirst();
    }
}
