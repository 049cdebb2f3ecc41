package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.query;
import static io.oxbow.flink.summary.Signals.unusual;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** What a guard reads in the morning: rhythm, what is new against yesterday, and on demand. */
class MorningReportTest {
    private static final long MONDAY = MONDAY_8 - 8 * HOUR;
    private static final VectorMeanings NAMED =
            new VectorMeanings(
                    Map.of(
                            0L,
                            new VectorMeaning(
                                    List.of("a", "b", "motion at the bottom, left"),
                                    -1,
                                    List.of())),
                    VectorMeaning.UNKNOWN);

    /** Busy from 9 to 17 on working days, busiest at noon; quiet at night and on weekends. */
    private static float usual(long time) {
        long hour = Math.floorMod(time, DAY) / HOUR;
        boolean weekend = (time - MONDAY) / DAY % 7 >= 5;
        return weekend || hour < 9 || hour >= 17 ? 0.5f : hour == 12 ? 3 : 2;
    }

    private static void days(SummarizerHarness harness, int from, int to) throws Exception {
        for (long t = MONDAY + from * DAY; t < MONDAY + to * DAY; t += MINUTE) {
            harness.send(event("gate", t, usual(t)));
        }
    }

    private static Summary lastDay(SummarizerHarness harness) {
        List<Summary> days =
                harness.found().summaries().stream().filter(s -> s.kind().equals("day")).toList();
        return days.get(days.size() - 1);
    }

    @Test
    void tellsTheRhythmAndWhatIsNew() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration(), NAMED)) {
            days(harness, 0, 9);
            // Wednesday: twice as much in the evening, something unusual, a covered lens.
            for (long t = MONDAY + 9 * DAY; t < MONDAY + 10 * DAY; t += MINUTE) {
                long hour = Math.floorMod(t, DAY) / HOUR;
                float activity = usual(t) + (hour >= 18 && hour < 22 ? 8 : 0);
                Health health = hour == 3 ? Health.COVERED : Health.OK;
                boolean moment = t == MONDAY + 9 * DAY + 20 * HOUR + 17 * MINUTE;
                harness.send(
                        moment
                                ? unusual("gate", t, activity, 1e-7f, 2)
                                : event("gate", t, activity, 0.5f, health));
            }
            harness.watermark(MONDAY + 10 * DAY + MINUTE);
            Summary day = lastDay(harness);
            assertThat(day.news())
                    .extracting(News::kind)
                    .containsExactly("activity", "busiest", "unusual", "health");
            assertThat(day.dailyRhythm()).isBetween(0f, 1f);
            assertThat(day.text())
                    .isEqualTo(
                            "gate, Wednesday 12 March 2025 UTC: 1,440 events, without a gap."
                                    + " Activity averaged 2.38, 2.28 times what is usual at this"
                                    + " time; busiest 18:00 to 19:00 (8.5), quietest 00:00 to"
                                    + " 01:00 (0.5). Unusual moment: 20:17:00 (motion at the"
                                    + " bottom, left, one event in 10,000,000). It was covered from"
                                    + " 03:00:00 to 04:00:00. New against the day before: activity"
                                    + " 2.28 times as high; the busiest time moved to 18:00;"
                                    + " newly unusual: motion at the bottom, left; it was covered."
                                    + " The time of day explains 40 % of how activity varied over"
                                    + " the last week, with the day of the week 100 %.");
        }
    }

    @Test
    void aRhythmIsFoundAndItsAbsenceToo() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            days(harness, 0, 5);
            Summary friday = lastDay(harness);
            assertThat(friday.dailyRhythm()).isGreaterThan(0.99f);
            assertThat(friday.weeklyRhythm()).isNaN();
            days(harness, 5, 15);
            Summary secondWeek = lastDay(harness);
            assertThat(secondWeek.dailyRhythm()).isLessThan(0.9f);
            assertThat(secondWeek.weeklyRhythm()).isGreaterThan(0.99f);
            assertThat(secondWeek.text()).contains("with the day of the week");
        }
        Random random = new Random(3);
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            for (long h = MONDAY; h < MONDAY + 8 * DAY; h += HOUR) {
                float level = 1 + random.nextFloat();
                for (long t = h; t < h + HOUR; t += 5 * MINUTE) {
                    harness.send(event("gate", t, level));
                }
            }
            assertThat(lastDay(harness).dailyRhythm()).isLessThan(0.2f);
            assertThat(lastDay(harness).text())
                    .contains("The days of the last week have no pattern in common.");
        }
    }

    @Test
    void aSummaryMayBeAskedForAtAnyTime() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            days(harness, 0, 2);
            long from = MONDAY + DAY + 8 * HOUR;
            harness.send(query("gate", "summary", from, from + 4 * HOUR, MONDAY + 2 * DAY));
            Answer answer = harness.found().answers().get(0);
            assertThat(answer.status()).isEqualTo("ok");
            assertThat(answer.text())
                    .startsWith("gate, Tuesday 4 March 2025, 08:00 to 12:00 UTC: 240 events,")
                    .contains("Activity averaged 1.63");
            assertThat(answer.figures()).containsEntry("events", 240.0);
        }
    }

    @Test
    void aForecastSaysHowFarOffItHasBeen() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            days(harness, 0, 15);
            harness.send(query("gate", "forecast", MONDAY + 15 * DAY));
            Answer answer = harness.found().answers().get(0);
            float[] hours = answer.activity().values();
            for (int h = 0; h < hours.length; h++) {
                long hour = answer.from() + h * HOUR;
                assertThat(hours[h]).isEqualTo(usual(hour));
            }
            assertThat(answer.activity().error()).isBetween(0f, 0.6f);
            assertThat(answer.text()).contains("off by");
        }
    }

    @Test
    void aForecastTellsWhatTheModelExpectsAndHowSurelyOfEachEvent() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            days(harness, 0, 2);
            harness.send(
                    new Foresight(
                            query("gate", "forecast", MONDAY + 2 * DAY),
                            2,
                            new float[] {20.1f, 21.3f},
                            new float[] {19.7f, 20.1f},
                            new float[] {20.5f, 22.5f}));
            Answer answer = harness.found().answers().get(0);
            assertThat(answer.channels())
                    .extracting(ChannelCurve::name)
                    .containsExactly("channel 0", "channel 0 low", "channel 0 high");
            Timeline curve = answer.channels().get(0).curve();
            assertThat(curve.values()).containsExactly(20.1f, 21.3f);
            assertThat(curve.stepMillis()).isEqualTo(60_000);
            assertThat(curve.from()).isEqualTo(answer.asOf() + 60_000);
            assertThat(answer.channels().get(2).curve().values()).containsExactly(20.5f, 22.5f);
            assertThat(answer.figures())
                    .containsEntry("outlook.events", 2.0)
                    .containsEntry("outlook.stepMillis", 60_000.0);
            assertThat(answer.text())
                    .contains("Over the next 2 events, 1 minute apart, the model expects")
                    .contains("channel 0 20.1 +- 0.4 next and 21.3 +- 1.2 at the end.");
        }
    }
}
