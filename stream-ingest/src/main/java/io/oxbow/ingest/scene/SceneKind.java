package io.oxbow.ingest.scene;

/** The places there are: what passes, where, how often and when. */
public enum SceneKind {
    /** Cars on a road, few at night. */
    STREET(5, 5_000, 0.75, 0.06, 0.62, 0.9, 0.17, 0.1),
    /** People at a door, mostly in working hours. */
    ENTRANCE(9, 8_000, 0.45, 0.01, 0.45, 0.75, 0.05, 0.22),
    /** A vehicle now and then, in working hours only. */
    WAREHOUSE(14, 16_000, 0.35, 0.0, 0.5, 0.8, 0.14, 0.16);

    private final int crossingSeconds;
    private final int slotMillis;
    private final double busyRate;
    private final double quietRate;
    private final double top;
    private final double bottom;
    private final double width;
    private final double height;

    SceneKind(
            int crossingSeconds,
            int slotMillis,
            double busyRate,
            double quietRate,
            double top,
            double bottom,
            double width,
            double height) {
        this.crossingSeconds = crossingSeconds;
        this.slotMillis = slotMillis;
        this.busyRate = busyRate;
        this.quietRate = quietRate;
        this.top = top;
        this.bottom = bottom;
        this.width = width;
        this.height = height;
    }

    /** How long something takes from one side to the other. */
    int crossingMillis() {
        return crossingSeconds * 1000;
    }

    /** Something may start to cross once in so long. */
    int slotMillis() {
        return slotMillis;
    }

    /** Probability that something crosses in a slot at that time. */
    double rate(long timeMillis) {
        return quietRate + (busyRate - quietRate) * Daylight.bustle(timeMillis);
    }

    /** Upper edge of the lane, as a share of the picture's height. */
    double top() {
        return top;
    }

    double bottom() {
        return bottom;
    }

    /** Width of what crosses, as a share of the picture's width. */
    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
