package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Stretch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds what is otherwise than at the same time a day before: how much was going on, when it was
 * busiest, where something was unusual, and what was wrong with the sensor. Says nothing where the
 * day before is not remembered.
 */
final class NewsWriter {
    /** A change of activity by less than this share is no news. */
    private static final double CHANGE = 0.25;

    /** A busiest hour moved by less than this is no news. */
    private static final long SHIFT = 2 * SpanPlan.HOUR;

    private final MemoryPlan plan;

    NewsWriter(MemoryPlan plan) {
        this.plan = plan;
    }

    /**
     * The same stretch a day earlier, by the hourly counters; null unless they hold all of it and
     * it saw something.
     */
    CellCounters.Tally yesterday(StreamMemory memory, long from, long to) {
        CellCounters hourly = memory.span(plan.week()).counters();
        boolean onGrid = from % SpanPlan.HOUR == 0 && to % SpanPlan.HOUR == 0;
        if (!onGrid || to - from > SpanPlan.DAY || hourly.oldestFrom() > from - SpanPlan.DAY) {
            return null;
        }
        CellCounters.Tally tally = hourly.tally(from - SpanPlan.DAY, to - SpanPlan.DAY);
        return tally.events() == 0 ? null : tally;
    }

    /**
     * @param today of the same stretch as the peaks and the busiest cell
     * @param notable p-value up to which a moment counts
     */
    List<News> write(
            StreamMemory memory,
            VectorMeaning meaning,
            long from,
            long to,
            CellCounters.Tally today,
            CellCounters.Tally yesterday,
            List<Peak> peaks,
            Stretch busiest,
            double notable) {
        List<News> news = new ArrayList<>();
        double ratio = today.mean() / (double) yesterday.mean();
        if (yesterday.mean() > 0 && Math.abs(ratio - 1) >= CHANGE) {
            news.add(new News("activity", "", (float) ratio));
        }
        if (to - from == SpanPlan.DAY && !busiest.equals(Stretch.NONE)) {
            long before = busiestHour(memory, from - SpanPlan.DAY) + SpanPlan.DAY;
            if (Math.abs(busiest.from() - before) >= SHIFT) {
                String clock = HumanText.clock(busiest.from(), SpanPlan.HOUR);
                news.add(new News("busiest", clock, Float.NaN));
            }
        }
        Set<Integer> known = new HashSet<>();
        for (Peak peak :
                memory.recentPeaks().between(from - SpanPlan.DAY, to - SpanPlan.DAY, meaning)) {
            known.add(peak.channel());
        }
        for (Peak peak : peaks) {
            if (peak.pValue() <= notable && peak.channel() >= 0 && known.add(peak.channel())) {
                news.add(new News("unusual", peak.where(), Float.NaN));
            }
        }
        Set<Health> before = kinds(memory, from - SpanPlan.DAY, to - SpanPlan.DAY);
        for (Health kind : kinds(memory, from, to)) {
            if (!before.contains(kind)) {
                news.add(new News("health", kind.name().toLowerCase(Locale.ROOT), Float.NaN));
            }
        }
        return news;
    }

    private long busiestHour(StreamMemory memory, long day) {
        CellCounters hourly = memory.span(plan.week()).counters();
        long busiest = day;
        float most = Float.NEGATIVE_INFINITY;
        for (long hour = day; hour < day + SpanPlan.DAY; hour += SpanPlan.HOUR) {
            float mean = hourly.tally(hour, hour + SpanPlan.HOUR).mean();
            if (mean > most) {
                most = mean;
                busiest = hour;
            }
        }
        return busiest;
    }

    private static Set<Health> kinds(StreamMemory memory, long from, long to) {
        Set<Health> kinds = EnumSet.noneOf(Health.class);
        for (HealthInterval interval : memory.healthLog().touching(from, to)) {
            kinds.add(interval.kind());
        }
        return kinds;
    }
}
