package io.oxbow.flink.summary;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a {@link Summary} in one English paragraph, for the person who reads it in the morning. */
final class SummaryText {
    private static final int TOLD_PEAKS = 3;
    private static final int TOLD_INTERVALS = 4;

    /** Closer to what is usual than this share is called usual. */
    private static final double USUAL = 0.1;

    /** From this share explained on, the days are said to follow a pattern. */
    private static final double CLEAR_RHYTHM = 0.2;

    /**
     * @param notable p-value up to which a moment is called unusual
     * @param judged whether the model has learned enough to call anything unusual
     */
    String paragraph(Summary summary, double notable, boolean judged) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                summary.streamId()
                        + ", "
                        + HumanText.range(summary.from(), summary.to())
                        + " UTC: "
                        + HumanText.counted(summary.events(), "event")
                        + ", "
                        + coverage(summary.coverage())
                        + ".");
        sentences.add(activity(summary));
        sentences.add(unusual(summary, notable, judged));
        if (!summary.health().isEmpty()) {
            sentences.add(health(summary));
        }
        if (!summary.news().isEmpty()) {
            sentences.add(news(summary));
        }
        if (summary.to() - summary.from() >= SpanPlan.DAY) {
            String rhythm = rhythm(summary);
            if (!rhythm.isEmpty()) {
                sentences.add(rhythm);
            }
        }
        return String.join(" ", sentences);
    }

    private static String coverage(float coverage) {
        return coverage >= 1
                ? "without a gap"
                : "data for " + HumanText.percent(coverage) + " of the time";
    }

    private static String activity(Summary summary) {
        StringBuilder text = new StringBuilder("Activity averaged ");
        text.append(HumanText.number(summary.meanActivity()));
        text.append(against(summary.meanActivity(), summary.usualActivity()));
        if (!summary.busiest().equals(Stretch.NONE)
                && summary.busiest().activity() > summary.quietest().activity()) {
            text.append("; busiest ").append(stretch(summary.busiest()));
            text.append(", quietest ").append(stretch(summary.quietest()));
        }
        return text.append('.').toString();
    }

    /** {@code , 40 % above what is usual at this time}; empty if that is not known. */
    static String against(float mean, float usual) {
        if (!Float.isFinite(mean) || !(usual > 0)) {
            return "";
        }
        double ratio = mean / usual;
        if (Math.abs(ratio - 1) < USUAL) {
            return ", as usual at this time";
        }
        if (ratio >= 2) {
            return ", " + HumanText.number((float) ratio) + " times what is usual at this time";
        }
        return ", "
                + HumanText.percent(Math.abs(ratio - 1))
                + (ratio > 1 ? " above" : " below")
                + " what is usual at this time";
    }

    private static String stretch(Stretch stretch) {
        long grid = stretch.to() - stretch.from();
        return HumanText.clock(stretch.from(), grid)
                + " to "
                + HumanText.clock(stretch.to(), grid)
                + " ("
                + HumanText.number(stretch.activity())
                + ")";
    }

    private static String unusual(Summary summary, double notable, boolean judged) {
        if (!judged) {
            return "What is normal is still being learned.";
        }
        List<String> told = new ArrayList<>();
        int count = 0;
        for (Peak peak : summary.peaks()) {
            if (peak.pValue() <= notable && ++count <= TOLD_PEAKS) {
                told.add(moment(peak, summary.from()));
            }
        }
        if (count == 0) {
            return "Nothing unusual happened.";
        }
        String more = count > TOLD_PEAKS ? ", among " + HumanText.grouped(count) : "";
        return (count == 1 ? "Unusual moment: " : "Unusual moments: ")
                + HumanText.list(told)
                + more
                + ".";
    }

    /** {@code 08:36:12 (motion in the middle, one event in 33,000)}. */
    static String moment(Peak peak, long near) {
        String where = peak.where().isEmpty() ? "" : peak.where() + ", ";
        return HumanText.clockNear(peak.eventTime(), near)
                + " ("
                + where
                + HumanText.rarity(peak.pValue())
                + ")";
    }

    private static String news(Summary summary) {
        List<String> parts = new ArrayList<>();
        List<String> places = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (News news : summary.news()) {
            switch (news.kind()) {
                case "activity" -> parts.add(change(news.ratio()));
                case "busiest" -> parts.add("the busiest time moved to " + news.what());
                case "unusual" -> places.add(news.what());
                default ->
                        states.add(
                                HumanText.state(
                                        Health.valueOf(news.what().toUpperCase(Locale.ROOT))));
            }
        }
        if (!places.isEmpty()) {
            int told = Math.min(places.size(), TOLD_PEAKS);
            parts.add("newly unusual: " + HumanText.list(places.subList(0, told)));
        }
        if (!states.isEmpty()) {
            parts.add("it was " + HumanText.list(states));
        }
        return "New against the day before: " + String.join("; ", parts) + ".";
    }

    private static String change(float ratio) {
        return ratio >= 2
                ? "activity " + HumanText.number(ratio) + " times as high"
                : "activity "
                        + HumanText.percent(Math.abs(ratio - 1.0))
                        + (ratio > 1 ? " higher" : " lower");
    }

    private static String rhythm(Summary summary) {
        if (!(summary.dailyRhythm() >= CLEAR_RHYTHM)) {
            return Float.isNaN(summary.dailyRhythm())
                    ? ""
                    : "The days of the last week have no pattern in common.";
        }
        String weekly =
                summary.weeklyRhythm() > summary.dailyRhythm()
                        ? ", with the day of the week " + HumanText.percent(summary.weeklyRhythm())
                        : "";
        return "The time of day explains "
                + HumanText.percent(summary.dailyRhythm())
                + " of how activity varied over the last week"
                + weekly
                + ".";
    }

    private static String health(Summary summary) {
        List<HealthInterval> intervals = summary.health();
        int told = Math.min(intervals.size(), TOLD_INTERVALS);
        List<String> parts = new ArrayList<>();
        for (HealthInterval interval : intervals.subList(0, told)) {
            parts.add(
                    HumanText.state(interval.kind())
                            + (interval.to() == HealthInterval.OPEN
                                    ? " since "
                                            + HumanText.clockNear(interval.from(), summary.from())
                                    : " from "
                                            + HumanText.clockNear(interval.from(), summary.from())
                                            + " to "
                                            + HumanText.clockNear(interval.to(), summary.from())));
        }
        if (told < intervals.size()) {
            parts.add(HumanText.counted(intervals.size() - told, "more time"));
        }
        return "It was " + HumanText.list(parts) + ".";
    }
}
