package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.SECOND;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.query;
import static io.oxbow.flink.summary.Signals.unusual;
import static io.oxbow.flink.summary.Signals.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        steady("gate", MONDAY_8 - 7 * DAY, MONDAY_8 - 7 * DAY + HOUR, 5 * SECOND, 1);
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
        steady("yard", MONDAY_8, MONDAY_8 + HOUR + 1, 2 * SECOND, 0.25f);
        assertThat(last(harness.found().summaries()).text())
                .isEqualTo(
                        "yard, Monday 3 March 2025, 08:00 to 09:00 UTC: 1,800 events, without a"
                                + " gap. Activity averaged 0.25. Nothing unusual happened.");
    }

    @Test
    void aSilentStreamIsSummarisedByTheWatermark() throws Exception {
        start(Duration.ofMinutes(1));
        steady("gate", MONDAY_8, MONDAY_8 + 30 * SECOND, SECOND, 1);
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
        steady("gate", MONDAY_8, MONDAY_8 + HOUR, 500, 1);
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
    void offlineOpensAtItsLimitAndClosesWithTheNextEvent() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 30 * SECOND, SECOND, 1);
        long since = MONDAY_8 + 29 * SECOND + MINUTE;
        harness.watermark(since + 20 * SECOND);
        harness.send(event("gate", MONDAY_8 + 5 * MINUTE, 1));
        List<Anomaly> anomalies = harness.found().anomalies();
        assertThat(anomalies).extracting(Anomaly::kind).containsExactly("offline", "offline");
        assertThat(anomalies).extracting(Anomaly::openedAt).containsExactly(since, since);
        assertThat(anomalies)
                .extracting(Anomaly::eventTime)
                .containsExactly(since, MONDAY_8 + 5 * MINUTE);
        assertThat(anomalies.get(0).dedupKey()).isEqualTo(anomalies.get(1).dedupKey());
        assertThat(anomalies.get(1).text())
                .isEqualTo("gate is no longer offline at 08:05:00, after 3 minutes 31 seconds.");
    }

    @Test
    void aSlowRhythmIsNoOutage() throws Exception {
        start(Duration.ofHours(1));
        steady("meter", MONDAY_8, MONDAY_8 + 10 * HOUR, 15 * MINUTE, 1);
        assertThat(harness.found().anomalies()).isEmpty();
    }

    @Test
    void aLongNoveltyIsOneAlarmAndOnePeak() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        for (int i = 0; i < 600; i++) {
            float p = i == 123 ? 1e-9f : i % 3 == 0 ? 1e-6f : 0.5f;
            harness.send(unusual("gate", MONDAY_8 + 10 * MINUTE + i * SECOND, 1, p, i % 8));
        }
        steady("gate", MONDAY_8 + 20 * MINUTE, MONDAY_8 + HOUR + 1, SECOND, 1);
        List<Anomaly> anomalies = harness.found().anomalies();
        assertThat(anomalies)
                .extracting(Anomaly::phase)
                .containsExactly(Anomaly.Phase.OPEN, Anomaly.Phase.CLOSE);
        Anomaly closed = anomalies.get(1);
        assertThat(closed.openedAt()).isEqualTo(MONDAY_8 + 10 * MINUTE);
        assertThat(closed.eventTime()).isEqualTo(MONDAY_8 + 20 * MINUTE - 3 * SECOND + 30 * SECOND);
        assertThat(closed.pValue()).isEqualTo(1e-9f);
        assertThat(closed.attribution().get(0).channel()).isEqualTo(123 % 8);
        assertThat(closed.attribution().get(0).seen()).isEqualTo(4.25f);
        Summary hour = last(harness.found().summaries());
        assertThat(hour.peaks()).hasSize(1);
        assertThat(hour.peaks().get(0).eventTime())
                .isEqualTo(MONDAY_8 + 10 * MINUTE + 123 * SECOND);
    }

    @Test
    void aSecondDifferentNoveltyIsNotSwallowed() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        long at = MONDAY_8 + 10 * MINUTE;
        harness.send(unusual("gate", at, 1, 1e-8f, 2));
        steady("gate", at + SECOND, at + 15 * SECOND, SECOND, 1);
        harness.send(unusual("gate", at + 15 * SECOND, 1, 1e-7f, 6));
        List<Anomaly> anomalies = harness.found().anomalies();
        assertThat(anomalies)
                .extracting(Anomaly::phase)
                .containsExactly(Anomaly.Phase.OPEN, Anomaly.Phase.CLOSE, Anomaly.Phase.OPEN);
        assertThat(anomalies.get(2).openedAt()).isEqualTo(at + 15 * SECOND);
        assertThat(anomalies.get(2).attribution().get(0).channel()).isEqualTo(6);
    }

    @Test
    void aNoveltySaysWhatItRestsOnAndInWhichChannel() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        long at = MONDAY_8 + 10 * MINUTE;
        // Channel 2 has the greatest error, but it is channel 5 that stands still.
        float[] evidence = {0.5f, 0, 0, 2, 7, 1.5f, 1, 0, 0, 2, 5, 6};
        harness.send(with(unusual("gate", at, 1, 1e-8f, 2), evidence));
        harness.send(
                with(
                        unusual("gate", at + SECOND, 1, 1e-6f, 2),
                        9,
                        0,
                        0,
                        0,
                        0,
                        0,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1));
        Anomaly anomaly = harness.found().anomalies().get(0);
        assertThat(anomaly.evidence())
                .containsExactly(
                        new Evidence("flatline", 5, 7),
                        new Evidence("forecast", 2, 2),
                        new Evidence("density", 6, 1.5f));
        assertThat(anomaly.attribution()).extracting(Attribution::channel).startsWith(5, 2);
        assertThat(anomaly.text()).contains("sigma), the same value again and again; one event");
    }

    @Test
    void silenceIsTheEvidenceOfSilence() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        harness.watermark(MONDAY_8 + 2 * HOUR);
        assertThat(harness.found().anomalies())
                .filteredOn(a -> a.kind().equals("offline"))
                .isNotEmpty()
                .allSatisfy(
                        a ->
                                assertThat(a.evidence())
                                        .extracting(Evidence::kind)
                                        .containsExactly("silence"));
    }

    @Test
    void aFallSoonAfterALeapIsAnotherNovelty() throws Exception {
        start(Duration.ofHours(1));
        steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        long at = MONDAY_8 + 10 * MINUTE;
        harness.send(unusual("gate", at, 1, 1e-8f, 2));
        steady("gate", at + SECOND, at + 15 * SECOND, SECOND, 1);
        Inference fall = unusual("gate", at + 15 * SECOND, 1, 1e-7f, 2);
        fall.attribution()[2] = -8;
        harness.send(fall);
        steady("gate", at + 16 * SECOND, at + 30 * SECOND, SECOND, 1);
        Inference more = unusual("gate", at + 30 * SECOND, 1, 1e-7f, 2);
        more.attribution()[2] = -9;
        harness.send(more);
        List<Anomaly> anomalies = harness.found().anomalies();
        assertThat(anomalies)
                .extracting(Anomaly::phase)
                .containsExactly(Anomaly.Phase.OPEN, Anomaly.Phase.CLOSE, Anomaly.Phase.OPEN);
        assertThat(anomalies.get(2).openedAt()).isEqualTo(at + 15 * SECOND);
        assertThat(anomalies.get(2).attribution().get(0).sigma()).isEqualTo(-8);
        assertThat(anomalies)
                .filteredOn(a -> a.phase() == Anomaly.Phase.OPEN)
                .extracting(Anomaly::dedupKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void chanceRaisesAsManyAlertsAsAllowed() throws Exception {
        start(Duration.ofDays(1));
        Random random = new Random(3);
        int days = 20;
        for (long t = MONDAY_8; t < MONDAY_8 + days * DAY; t += 10 * SECOND) {
            harness.send(event("gate", t, 1, random.nextFloat(), Health.OK));
        }
        long opened =
                harness.found().anomalies().stream()
                        .filter(a -> a.phase() == Anomaly.Phase.OPEN)
                        .count();
        // Poisson with mean 20: outside of this once in ten thousand seeds.
        assertThat(opened).isBetween(6L, 39L);
    }

    @Test
    void healthOpensAndClosesByKindButNightIsNoAlarm() throws Exception {
        start(Duration.ofHours(1));
        Health[] seen = {
            Health.OK, Health.COVERED, Health.UNKNOWN, Health.FROZEN, Health.NIGHT, Health.OK
        };
        for (int i = 0; i < seen.length; i++) {
            harness.send(event("gate", MONDAY_8 + i * SECOND, 1, 0.5f, seen[i]));
        }
        harness.send(event("gate", MONDAY_8 + HOUR, 1));
        assertThat(harness.found().anomalies())
                .filteredOn(a -> !a.kind().equals("offline"))
                .extracting(a -> a.kind() + " " + a.phase())
                .containsExactly("covered OPEN", "covered CLOSE", "frozen OPEN", "frozen CLOSE");
        assertThat(harness.found().summaries().get(0).health())
                .containsExactly(
                        new HealthInterval(
                                Health.COVERED, MONDAY_8 + SECOND, MONDAY_8 + 3 * SECOND),
                        new HealthInterval(
                                Health.FROZEN, MONDAY_8 + 3 * SECOND, MONDAY_8 + 4 * SECOND),
                        new HealthInterval(
                                Health.NIGHT, MONDAY_8 + 4 * SECOND, MONDAY_8 + 5 * SECOND));
    }

    @Test
    void aLostStateIsTold() throws Exception {
        start(Duration.ofHours(1));
        harness.send(new StateReset("gate", 1, 2, MONDAY_8, "an output was not finite"));
        Anomaly anomaly = last(harness.found().anomalies());
        assertThat(anomaly.kind()).isEqualTo("state-reset");
        assertThat(anomaly.text())
                .isEqualTo(
                        "The model's memory of gate began anew at 08:00:00: an output was not"
                                + " finite.");
    }

    @Test
    void lateAndImpossibleEventsLeaveClosedWindowsAlone() throws Exception {
        start(Duration.ofMinutes(1));
        steady("gate", MONDAY_8, MONDAY_8 + 90 * SECOND, SECOND, 1);
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

    private void steady(String stream, long from, long to, long every, float activity)
            throws Exception {
        for (long t = from; t < to; t += every) {
            harness.send(event(stream, t, activity));
        }
    }

    private static <T> T last(List<T> list) {
        assertThat(list).isNotEmpty();
        return list.get(list.size() - 1);
    }
}
