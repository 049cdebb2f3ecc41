package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.SECOND;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.unusual;
import static io.oxbow.flink.summary.Signals.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes an anomaly, when it opens and closes, and what it says. */
class AnomaliesTest {
    private SummarizerHarness harness;

    @BeforeEach
    void start() throws Exception {
        Configuration config =
                new Configuration().set(SummaryOptions.WINDOW, List.of(Duration.ofHours(1)));
        harness = new SummarizerHarness(config);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void offlineOpensAtItsLimitAndClosesWithTheNextEvent() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 30 * SECOND, SECOND, 1);
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
        harness.steady("meter", MONDAY_8, MONDAY_8 + 10 * HOUR, 15 * MINUTE, 1);
        assertThat(harness.found().anomalies()).isEmpty();
    }

    @Test
    void silenceIsTheEvidenceOfSilence() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
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
    void aLongNoveltyIsOneAlarmAndOnePeak() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        for (int i = 0; i < 600; i++) {
            float p = i == 123 ? 1e-9f : i % 3 == 0 ? 1e-6f : 0.5f;
            harness.send(unusual("gate", MONDAY_8 + 10 * MINUTE + i * SECOND, 1, p, i % 8));
        }
        harness.steady("gate", MONDAY_8 + 20 * MINUTE, MONDAY_8 + HOUR + 1, SECOND, 1);
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
        List<Summary> summaries = harness.found().summaries();
        assertThat(summaries.get(summaries.size() - 1).peaks())
                .extracting(Peak::eventTime)
                .containsExactly(MONDAY_8 + 10 * MINUTE + 123 * SECOND);
    }

    @Test
    void aSecondDifferentNoveltyIsNotSwallowed() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        long at = MONDAY_8 + 10 * MINUTE;
        harness.send(unusual("gate", at, 1, 1e-8f, 2));
        harness.steady("gate", at + SECOND, at + 15 * SECOND, SECOND, 1);
        harness.send(unusual("gate", at + 15 * SECOND, 1, 1e-7f, 6));
        List<Anomaly> anomalies = harness.found().anomalies();
        assertThat(anomalies)
                .extracting(Anomaly::phase)
                .containsExactly(Anomaly.Phase.OPEN, Anomaly.Phase.CLOSE, Anomaly.Phase.OPEN);
        assertThat(anomalies.get(2).openedAt()).isEqualTo(at + 15 * SECOND);
        assertThat(anomalies.get(2).attribution().get(0).channel()).isEqualTo(6);
    }

    @Test
    void aFallSoonAfterALeapIsAnotherNovelty() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
        long at = MONDAY_8 + 10 * MINUTE;
        harness.send(unusual("gate", at, 1, 1e-8f, 2));
        harness.steady("gate", at + SECOND, at + 15 * SECOND, SECOND, 1);
        Inference fall = unusual("gate", at + 15 * SECOND, 1, 1e-7f, 2);
        fall.attribution()[2] = -8;
        harness.send(fall);
        harness.steady("gate", at + 16 * SECOND, at + 30 * SECOND, SECOND, 1);
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
    void aNoveltySaysWhatItRestsOnAndInWhichChannel() throws Exception {
        harness.steady("gate", MONDAY_8, MONDAY_8 + 10 * MINUTE, SECOND, 1);
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
    void chanceRaisesAsManyAlertsAsAllowed() throws Exception {
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
        harness.send(new StateReset("gate", 1, 2, MONDAY_8, "an output was not finite"));
        Anomaly anomaly = harness.found().anomalies().get(0);
        assertThat(anomaly.kind()).isEqualTo("state-reset");
        assertThat(anomaly.text())
                .isEqualTo(
                        "The model's memory of gate began anew at 08:00:00: an output was not"
                                + " finite.");
    }
}
