package io.oxbow.jobs.cli;

import io.oxbow.ingest.csv.CsvTime;
import java.time.Clock;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a point in time as milliseconds since 1970, UTC: {@code now}, a time before now like {@code
 * -1h}, a date with or without a time (UTC unless it says otherwise), or milliseconds since 1970.
 */
public final class EventTimeConverter implements ITypeConverter<Long> {
    private final Clock clock;

    public EventTimeConverter() {
        this(Clock.systemUTC());
    }

    EventTimeConverter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Long convert(String text) {
        String time = text.strip();
        if (time.equals("now")) {
            return clock.millis();
        }
        if (time.matches("\\d+")) {
            return millis(time);
        }
        if (time.startsWith("-")) {
            return clock.millis() - new DurationConverter().convert(time.substring(1)).toMillis();
        }
        long millis = CsvTime.detecting(ZoneOffset.UTC).parse(time);
        if (millis == CsvTime.NONE) {
            throw mistake(text);
        }
        return millis;
    }

    private static long millis(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw mistake(digits);
        }
    }

    private static TypeConversionException mistake(String text) {
        return new TypeConversionException(
                "'"
                        + text
                        + "' is not a time, write for example 2026-11-23T08:00, -1h, now or"
                        + " milliseconds since 1970");
    }
}
