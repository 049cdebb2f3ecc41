package io.oxbow.ingest.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Reads the time column of one file.
 *
 * <ul>
 *   <li>Dates {@code yyyy-MM-dd}, {@code yyyy/MM/dd} or {@code dd.MM.yyyy}, alone or followed by
 *       {@code T} or a space and {@code HH:mm[:ss[.fraction]]} and a zone ({@code Z}, {@code
 *       +02:00}); without one, times are in the zone given.
 *   <li>The same without separators, {@code yyyyMMdd[HHmm[ss]]}, if the first of the column is such
 *       a date between 1900 and 2099: as seconds since 1970 it would lie in that year's summer.
 *   <li>Other numbers since 1970: seconds, milliseconds, microseconds or nanoseconds, whichever the
 *       first of the column can be; fractions are kept to the millisecond.
 *   <li>Or only the pattern given, as in {@link DateTimeFormatter}.
 * </ul>
 *
 * <p>Day/month dates with slashes are ambiguous and need a pattern. One thread.
 */
public final class CsvTime {
    /** Stands for a time that could not be read. */
    public static final long NONE = Long.MIN_VALUE;

    private static final double LARGEST_SECONDS = 1e11;

    private final ZoneId zone;
    private final DateTimeFormatter pattern;
    private double millisPerUnit;
    private boolean compact;

    private CsvTime(ZoneId zone, DateTimeFormatter pattern) {
        this.zone = zone;
        this.pattern = pattern;
    }

    /** Recognises the common forms. */
    public static CsvTime detecting(ZoneId zone) {
        return new CsvTime(zone, null);
    }

    /**
     * Reads one pattern only; names of months and days, and AM and PM, are English in any case.
     *
     * @throws IllegalArgumentException if it is not a pattern
     */
    public static CsvTime ofPattern(String pattern, ZoneId zone) {
        return new CsvTime(
                zone,
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(pattern)
                        .toFormatter(Locale.ENGLISH));
    }

    /** Milliseconds since 1970, UTC, or {@link #NONE}. */
    public long parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return NONE;
        }
        try {
            if (pattern != null) {
                return parsePattern(stripped);
            }
            return looksNumeric(stripped) ? parseNumber(stripped) : parseDate(stripped);
        } catch (DateTimeException | ArithmeticException e) {
            return NONE;
        }
    }

    private long parsePattern(String text) {
        TemporalAccessor parsed = pattern.parse(text);
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed).toEpochMilli();
        }
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    private static boolean looksNumeric(String text) {
        int dots = 0;
        for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean exponent =
                    (c == 'e' || c == 'E')
                            || ((c == '+' || c == '-')
                                    && i > 0
                                    && Character.toLowerCase(text.charAt(i - 1)) == 'e');
            if (c == '.') {
                dots++;
            } else if ((c < '0' || c > '9') && !exponent) {
                return false;
            }
        }
        return dots <= 1;
    }

    private long parseNumber(String text) {
        double value = CsvNumber.parse(text);
        if (Double.isNaN(value)) {
            return NONE;
        }
        if (millisPerUnit == 0) {
            compact = isCompactDate(text);
            double size = Math.abs(value);
            millisPerUnit = 1e3;
            for (double limit = LARGEST_SECONDS; size >= limit && millisPerUnit > 1e-6; ) {
                millisPerUnit /= 1e3;
                limit *= 1e3;
            }
        }
        if (compact) {
            return compactDate(text).atZone(zone).toInstant().toEpochMilli();
        }
        double millis = value * millisPerUnit;
        return Math.abs(millis) < 1e17 ? Math.round(millis) : NONE;
    }

    private static boolean isCompactDate(String text) {
        try {
            int year = compactDate(text).getYear();
            return year >= 1900 && year < 2100;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDateTime compactDate(String text) {
        LocalTime time =
                switch (text.length()) {
                    case 8 -> LocalTime.MIDNIGHT;
                    case 12 -> LocalTime.of(digits(text, 8, 10), digits(text, 10, 12));
                    case 14 ->
                            LocalTime.of(
                                    digits(text, 8, 10),
                                    digits(text, 10, 12),
                                    digits(text, 12, 14));
                    default -> throw new DateTimeException("not so long");
                };
        return LocalDate.of(digits(text, 0, 4), digits(text, 4, 6), digits(text, 6, 8))
                .atTime(time);
    }

    private long parseDate(String text) {
        LocalDate date;
        if (text.length() >= 10
                && isSeparator(text.charAt(4))
                && text.charAt(7) == text.charAt(4)) {
            date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        } else if (text.length() >= 10 && text.charAt(2) == '.' && text.charAt(5) == '.') {
            date = LocalDate.of(digits(text, 6, 10), digits(text, 3, 5), digits(text, 0, 2));
        } else {
            return NONE;
        }
        if (text.length() == 10) {
            return date.atStartOfDay(zone).toInstant().toEpochMilli();
        }
        char between = text.charAt(10);
        if (between != 'T' && between != 't' && between != ' ') {
            return NONE;
        }
        return parseTime(date, text.substring(11).strip());
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '/';
    }

    private long parseTime(LocalDate date, String text) {
        int zoneStart = zoneStart(text);
        String clock = text.substring(0, zoneStart).strip();
        String[] parts = clock.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return NONE;
        }
        int nanos = 0;
        int seconds = 0;
        if (parts.length == 3) {
            int dot = Math.max(parts[2].indexOf('.'), parts[2].indexOf(','));
            String whole = dot < 0 ? parts[2] : parts[2].substring(0, dot);
            seconds = digits(whole, 0, whole.length());
            nanos = dot < 0 ? 0 : fraction(parts[2].substring(dot + 1));
        }
        LocalDateTime local =
                date.atTime(
                        digits(parts[0], 0, parts[0].length()),
                        digits(parts[1], 0, parts[1].length()),
                        seconds,
                        nanos);
        ZoneId at = zoneStart == text.length() ? zone : parseZone(text.substring(zoneStart));
        return local.atZone(at).toInstant().toEpochMilli();
    }

    private static int zoneStart(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'Z' || c == 'z' || c == '+' || c == '-' || c == 'U') {
                return i;
            }
        }
        return text.length();
    }

    private static ZoneId parseZone(String text) {
        return text.equalsIgnoreCase("Z") || text.equals("UTC")
                ? ZoneOffset.UTC
                : ZoneOffset.of(text);
    }

    private static int fraction(String digits) {
        String padded = (digits + "000000000").substring(0, 9);
        return digits(padded, 0, 9);
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        if (from == to || to - from > 9) {
            throw new DateTimeException("no digits");
        }
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
