package io.oxbow.jobs.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them, {@code 500ms}, {@code 60s}, {@code 1.5h}, or ISO 8601. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|min|h|d)");

    @Override
    public Duration convert(String text) {
        Matcher parts = SHORT.matcher(text.strip());
        try {
            Duration duration = parts.matches() ? shortForm(parts) : Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Said below, as for a duration of no length.
        }
        throw new TypeConversionException(
                "'" + text + "' is not a duration, write for example 500ms, 60s, 5m or 1h");
    }

    private static Duration shortForm(Matcher parts) {
        double millis = Double.parseDouble(parts.group(1)) * millisOf(parts.group(2));
        if (millis >= Long.MAX_VALUE) {
            throw new ArithmeticException("too long");
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static long millisOf(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m", "min" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
