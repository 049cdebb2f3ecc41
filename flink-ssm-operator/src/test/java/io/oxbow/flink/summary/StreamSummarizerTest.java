package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.SECOND;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.query;
import static io.oxbow.flink.summary.Signals.unusual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What summaries say, and when they are written. */
class StreamSummarizerTest {
    private SummarizerHarness harness;

    private void start(Duration... windows) throws Exception {
        harness =
                new SummarizerHarness(
                        new Configuration().set(SummaryOptions.WINDOW, List.of(windows)));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void tellsTheHourInOneParagraph() throws Exception {
        start(Duration.ofHours(1));
        // The Monday before: what is usual.
        harness.steady("gate", MONDAY_8 - 7 * DAY, MONDAY_8 - 7 * DAY + HOUR, 5 * SECOND, 1);
        for (long t = MONDAY_8; t < MONDAY_8 + 50 * MINUTE; t += 5 * SECOND) {
            long minute = (t - MONDAY_8) / MINUTE;
            float activity = minute >= 35 && minute < 40 ? 4.2f : minute < 5 ? 0.5f : 1.5f;
            Health health = minute >= 20 && minute < 22 ? Health.COVERED : Health.OK;
            boolean moment = t == MONDAY_8 + 36 * MINUTE + 10 * SECOND;
            harness.send(
                    moment
                            ? unusual("gate", t, activity, 3e-5f, 2)
                            : event("gate", t, activity, 0.4f, health));
        }
        harness.send(event("gate", MONDAY_8 + 70 * MINUTE, 1));

        Summary hour = last(harness.found().summaries());
        assertThat(hour.text())
                .isEqualTo(
                        "gate, Monday 3 March 2025, 08:00 to 09:00 UTC: 600 events, data for 85 %"
                                + " of the time. Activity averaged 1.67, 67 % above what is usual"
                                + " at this time; busiest 08:35 to 08:40 (4.2), quietest 08:00 to"
                                + " 08:05 (0.5). Unusual moment: 08:36:10 (channel 2, one event in"
                                + " 33,000). It was covered from 08:20:00 to 08:22:00 and offline"
                                + " since 08:50:55.");
        assertThat(hour.kind()).isEqualTo("hour");
        assertThat(hour.asOf()).isEqualTo(MONDAY_8 + 50 * MINUTE - 5 * SECOND);
        assertThat(hour.usualActivity()).isEqualTo(1);
        assertThat(hour.busiest())
                .isEqualTo(new Stretch(MONDAY_8 + 35 * MINUTE, MONDAY_8 + 40 * MINUTE, 4.2f));
        assertThat(hour.activity().values()).hasSize(12);
        assertThat(hour.activity().values()[11]).isNaN();
    }

    @Test
    void aQuietHourIsToldQuietly() throws Exception {
        start(Duration.ofHours(1));
        harness.steady("yard", MONDAY_8, MONDAY_8 + HOUR + 1, 2 * SECOND, 0.25f);
        assertThat(last(harness.found().summaries()).text())
                .isEqualTo(
                        "yard, Monday 3 March 2025, 08:00 to 09:00 UTC: 1,800 events, without a"
                                + " gap. Activity averaged 0.25. Nothing unusual happened.");
    }

    @Test
    void aSilentStreamIsSummarisedByTheWatermark() throws Exception {
        start(Duration.ofMinutes(1));
        harness.steady("gate", MONDAY_8, MONDAY_8 + 30 * SECOND, SECOND, 1);
        harness.watermark(MONDAY_8 + 69 * SECOND);
        assertThat(harness.found().summaries()).isEmpty();
        harness.watermark(MONDAY_8 + 70 * SECOND);
        Summary minute = last(harness.found().summaries());
        assertThat(minute.events()).isEqualTo(30);
        // It vouches for a minute after its last event.
        assertThat(minute.coverage()).isEqualTo(1);
        harness.watermark(MONDAY_8 + HOUR);
        assertThat(harness.found().summaries()).as("windows without events").hasSize(1);
    }

    @Test
    void oddLengthsWork() throws Exception {
        start(Duration.ofMillis(10_007), Duration.ofMinutes(7), Duration.ofDays(7));
        harness.steady("gate", MONDAY_8, MONDAY_8 + HOUR, 500, 1);
        harness.watermark(Long.MAX_VALUE);
        List<Summary> summaries = harness.found().summaries();
        assertThat(summaries.stream().map(Summary::kind).distinct())
                .containsExactly("10007ms", "7min", "week");
        assertThat(summaries)
                .allSatisfy(
                        s -> {
                            assertThat(s.meanActivity()).isEqualTo(1);
                            for (float value : s.activity().values()) {
                                assertThat(Float.isNaN(value) || Math.abs(value - 1) < 1e-4)
                                        .isTrue();
                            }
                        });
        assertThat(
                        summaries.stream()
                                .filter(s -> s.kind().equals("7min"))
                                .mapToLong(Summary::events)
                                .sum())
                .isEqualTo(7200);
        Summary week = last(summaries);
        assertThat(week.from()).isEqualTo(MONDAY_8 - 8 * HOUR);
    }

    @Test
    void lateAndImpossibleEventsLeaveClosedWindowsAlone() throws Exception {
        start(Duration.ofMinutes(1));
        harness.steady("gate", MONDAY_8, MONDAY_8 + 90 * SECOND, SECOND, 1);
        harness.send(event("gate", MONDAY_8 + 30 * SECOND, 100));
        harness.send(event("gate", Long.MAX_VALUE, 100));
        harness.send(event("gate", Long.MIN_VALUE, 100));
        harness.send(event("gate", MONDAY_8 + 80 * SECOND, 1));
        harness.watermark(MONDAY_8 + 10 * MINUTE);
        // Behind the watermark, after its window was closed.
        harness.send(event("gate", MONDAY_8 + 100 * SECOND, 1));
        harness.send(event("gate", MONDAY_8 + 20 * MINUTE, 1));
        harness.watermark(Long.MAX_VALUE);
        List<Summary> summaries = harness.found().summaries();
        assertThat(summaries)
                .extracting(s -> (s.from() - MONDAY_8) / MINUTE)
                .containsExactly(0L, 1L, 20L);
        assertThat(summaries).extracting(Summary::events).containsExactly(60L, 31L, 1L);
        assertThat(summaries.get(1).meanActivity()).isEqualTo(1);
    }

    @Test
    void theBaselineIsByUtcHourOfTheWeek() throws Exception {
        start(Duration.ofHours(1));
        // Across the European change of clocks on 30 March 2025.
        long start = MONDAY_8 - 8 * HOUR + 21 * DAY;
        for (long t = start; t < start + 15 * DAY; t += 10 * MINUTE) {
            harness.send(event("gate", t, Math.floorMod(t, DAY) / HOUR));
        }
        harness.send(query("gate", "baseline", start + 15 * DAY));
        harness.send(query("gate", "forecast", start + 15 * DAY));
        List<Answer> answers = harness.found().answers();
        float[] usual = answers.get(0).activity().values();
        assertThat(usual).hasSize(24);
        for (int h = 0; h < 24; h++) {
            assertThat(usual[h]).isEqualTo(h);
        }
        assertThat(answers.get(0).figures().get("weeks")).isEqualTo(2);
        assertThat(answers.get(1).status()).isEqualTo("ok");
        assertThat(answers.get(1).from()).isEqualTo(start + 15 * DAY - HOUR);
        Summary last = last(harness.found().summaries());
        assertThat(last.usualActivity()).isCloseTo(last.meanActivity(), within(1e-4f));
    }

    private static <T> T last(List<T> list) {
        assertThat(list).isNotEmpty();
        return list.get(list.size() - 1);
    }
}
