package io.oxbow.ingest.scene;

/** Light and bustle of a day, by UTC. */
final class Daylight {
    static final long DAY = 86_400_000L;
    private static final long HOUR = 3_600_000L;
    private static final int THURSDAY_1970 = 3;

    private Daylight() {}

    /** From 0 at night to 1 by day, with dawn at 6 and dusk at 20, each an hour long. */
    static double light(long timeMillis) {
        double hour = hour(timeMillis);
        return Math.min(ramp(hour - 5.5), ramp(20.5 - hour));
    }

    /** Night as the camera sees it: too dark, so that it films in infrared, in grey. */
    static boolean night(long timeMillis) {
        return light(timeMillis) < 0.25;
    }

    /** From 0 to 1: people are about from 7 to 19, most at 8 and 17, fewer at weekends. */
    static double bustle(long timeMillis) {
        double hour = hour(timeMillis);
        double working = Math.min(ramp((hour - 6.5) / 1.5), ramp((19.5 - hour) / 1.5));
        double peaks = 0.4 * (bell(hour - 8) + bell(hour - 17));
        double weekend = weekday(timeMillis) >= 5 ? 0.4 : 1;
        return Math.min(1, (0.6 * working + peaks) * weekend);
    }

    private static double hour(long timeMillis) {
        return Math.floorMod(timeMillis, DAY) / (double) HOUR;
    }

    /** 0 for Monday. */
    private static int weekday(long timeMillis) {
        return (int) Math.floorMod(Math.floorDiv(timeMillis, DAY) + THURSDAY_1970, 7L);
    }

    private static double ramp(double x) {
        return Math.max(0, Math.min(1, x));
    }

    private static double bell(double x) {
        return Math.exp(-x * x);
    }
}
