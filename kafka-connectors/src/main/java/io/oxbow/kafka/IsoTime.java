package io.oxbow.kafka;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Moments as text, letter for letter as {@link Instant#toString} writes them, at a small part of
 * its cost: the events of a moment share their day, and it is written once. Not thread-safe.
 */
final class IsoTime {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long YEAR_10000 = 253_402_300_800_000L;

    private final StringBuilder text = new StringBuilder(24);
    private long day = -1;

    /**
     * @param millis since the epoch, UTC
     */
    String of(long millis) {
        if (millis < 0 || millis >= YEAR_10000) {
            return Instant.ofEpochMilli(millis).toString();
        }
        long ofDay = millis / DAY_MILLIS;
        if (ofDay != day) {
            day = ofDay;
            text.setLength(0);
            text.append(LocalDate.ofEpochDay(ofDay)).append('T');
        }
        int rest = (int) (millis - ofDay * DAY_MILLIS);
        text.setLength(11);
        two(rest / 3_600_000).append(':');
        two(rest / 60_000 % 60).append(':');
        two(rest / 1000 % 60);
        int fraction = rest % 1000;
        if (fraction > 0) {
            text.append('.').append((char) ('0' + fraction / 100));
            two(fraction % 100);
        }
        return text.append('Z').toString();
    }

    private StringBuilder two(int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
