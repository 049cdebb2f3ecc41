package io.oxbow.flink.summary;

import io.oxbow.flink.event.Health;
import io.oxbow.plan.EvidenceKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times, numbers and lists as an English reader writes them. Times are UTC. */
final class HumanText {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final DateTimeFormatter DATE = formatter("EEEE d MMMM uuuu");
    private static final DateTimeFormatter MINUTE = formatter("HH:mm");
    private static final DateTimeFormatter SECOND = formatter("HH:mm:ss");
    private static final DateTimeFormatter MILLISECOND = formatter("HH:mm:ss.SSS");

    private HumanText() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** {@code Monday 3 March 2025}. */
    static String date(long time) {
        return DATE.format(Instant.ofEpochMilli(time));
    }

    /** What a kind of evidence says of a value, behind it; nothing of a missed forecast. */
    static String evidence(EvidenceKind kind) {
        return switch (kind) {
            case RANGE -> ", beyond all before";
            case LEVEL -> ", after a shift beyond all before";
            case SIZE -> ", of a size that is rare there";
            case FORECAST -> "";
            case FLATLINE -> ", the same value again and again";
            case DENSITY -> ", which it hardly ever is";
        };
    }

    /** {@code 08:36:12}. */
    static String clock(long time) {
        return SECOND.format(Instant.ofEpochMilli(time));
    }

    /** {@code 08:36:12 on Monday 3 March 2025}. */
    static String moment(long time) {
        return clock(time) + " on " + date(time);
    }

    /** {@code 08:36:12} if it is on the day of {@code other}, else with the date. */
    static String clockNear(long time, long other) {
        boolean sameDay = Math.floorDiv(time, SpanPlan.DAY) == Math.floorDiv(other, SpanPlan.DAY);
        return sameDay ? clock(time) : moment(time);
    }

    /** {@code 08:00}, as fine as {@code grid} needs. */
    static String clock(long time, long grid) {
        DateTimeFormatter formatter =
                grid % SpanPlan.MINUTE == 0 ? MINUTE : grid % 1000 == 0 ? SECOND : MILLISECOND;
        return formatter.format(Instant.ofEpochMilli(time));
    }

    /** {@code Monday 3 March 2025}, or {@code Monday 3 March 2025, 08:00 to 09:00}. */
    static String range(long from, long to) {
        long length = to - from;
        if (length % SpanPlan.DAY == 0 && Math.floorMod(from, SpanPlan.DAY) == 0) {
            return length == SpanPlan.DAY ? date(from) : date(from) + " to " + date(to - 1);
        }
        long grid = gridOf(from) == gridOf(to) ? gridOf(from) : Math.min(gridOf(from), gridOf(to));
        boolean sameDay = Math.floorDiv(from, SpanPlan.DAY) == Math.floorDiv(to - 1, SpanPlan.DAY);
        String end = sameDay ? "" : date(to) + ", ";
        return date(from) + ", " + clock(from, grid) + " to " + end + clock(to, grid);
    }

    private static long gridOf(long time) {
        return time % SpanPlan.MINUTE == 0 ? SpanPlan.MINUTE : time % 1000 == 0 ? 1000 : 1;
    }

    /** {@code 40 seconds}, {@code 1 minute 50 seconds}, {@code 3 hours}. */
    static String duration(long millis) {
        if (millis < 1000) {
            return counted(millis, "millisecond");
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return counted(seconds, "second");
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "minute", seconds % 60, "second");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 1440
                ? pair(minutes / 60, "hour", minutes % 60, "minute")
                : pair(minutes / 1440, "day", minutes % 1440 / 60, "hour");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        String text = counted(large, largeUnit);
        return small == 0 ? text : text + " " + counted(small, smallUnit);
    }

    /** {@code 1 event}, {@code 3,512 events}. */
    static String counted(long count, String noun) {
        return grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Three significant digits: {@code 1.84}, {@code 0.00312}, {@code 41200}. */
    static String number(float value) {
        if (!Float.isFinite(value)) {
            return "unknown";
        }
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** {@code 98 %}; never 100 unless it is all. */
    static String percent(double share) {
        long rounded = Math.round(share * 100);
        if (rounded == 100 && share < 1) {
            rounded = 99;
        }
        return rounded == 0 && share > 0 ? "under 1 %" : rounded + " %";
    }

    /** How rare a p-value is: {@code one event in 33,000}. */
    static String rarity(float pValue) {
        double events = 1.0 / pValue;
        if (events > 1e9) {
            return "less than one event in a billion";
        }
        BigDecimal rounded = new BigDecimal(events).round(new MathContext(2));
        return "one event in " + grouped(rounded.longValue());
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** How a sensor of that health is described: {@code covered}, {@code out of focus}. */
    static String state(Health health) {
        return switch (health) {
            case OK -> "well";
            case COVERED -> "covered";
            case DEFOCUSED -> "out of focus";
            case MOVED -> "moved from its place";
            case NIGHT -> "in night or infrared mode";
            case FROZEN -> "frozen";
            case OFFLINE -> "offline";
            case UNKNOWN -> "of unknown health";
        };
    }
}
