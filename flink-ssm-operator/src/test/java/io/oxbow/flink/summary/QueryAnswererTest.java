package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.SECOND;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.query;
import static io.oxbow.flink.summary.Signals.unusual;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryAnswererTest {
    private static final long END = MONDAY_8 + 3 * HOUR;

    private SummarizerHarness harness;

    /** Three hours: activity 1, then 2, then 3; a moment at 09:30:00. */
    @BeforeEach
    void threeHours() throws Exception {
        harness = new SummarizerHarness(new Configuration());
        for (long t = MONDAY_8; t < END; t += 10 * SECOND) {
            float activity = 1 + (t - MONDAY_8) / HOUR;
            harness.send(
                    t == MONDAY_8 + 90 * MINUTE
                            ? unusual("gate", t, activity, 1e-6f, 5)
                            : event("gate", t, activity));
        }
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private Answer ask(Query query) throws Exception {
        harness.send(query);
        List<Answer> answers = harness.found().answers();
        return answers.get(answers.size() - 1);
    }

    @Test
    void statusTellsThePresent() throws Exception {
        Answer answer = ask(query("gate", "status", END));
        assertThat(answer.status()).isEqualTo("ok");
        assertThat(answer.text())
                .isEqualTo(
                        "gate was last heard of at 10:59:50 on Monday 3 March 2025 UTC; 360 events"
                                + " in the last hour, activity averaged 3. All is well.");
        assertThat(answer.figures()).containsEntry("events", 1080.0).containsEntry("offline", 0.0);
        assertThat(answer.asOf()).isEqualTo(END - 10 * SECOND);
        assertThat(answer.replyTo()).isEqualTo("replies");
        assertThat(answer.activity().values()).hasSize(12);
    }

    @Test
    void historyIsAsFineAsAskedForAndStatesItsError() throws Exception {
        Answer answer =
                ask(new Query("q", "gate", "", "history", MONDAY_8, END, 0, HOUR, 0, END, ""));
        assertThat(answer.status()).isEqualTo("ok");
        assertThat(answer.activity().stepMillis()).isEqualTo(HOUR);
        float[] hours = answer.activity().values();
        assertThat(hours).hasSize(3);
        double squares = 0;
        for (int h = 0; h < 3; h++) {
            squares += Math.pow(hours[h] - (1 + h), 2);
        }
        assertThat(answer.activity().error())
                .isEqualTo((float) Math.sqrt(squares / 3))
                .isLessThan(0.1f);
        assertThat(answer.figures())
                .containsEntry("events", 1080.0)
                .containsEntry("meanActivity", 2.0)
                .containsEntry("maxActivity", 3.0);
        assertThat(answer.peaks()).hasSize(1);
    }

    @Test
    void peaksAreThoseOfTheRange() throws Exception {
        Answer all = ask(query("gate", "peaks", END));
        assertThat(all.text())
                .isEqualTo("Most unusual on gate: 09:30:00 (channel 5, one event in 1,000,000).");
        Answer none = ask(query("gate", "peaks", MONDAY_8 + 2 * HOUR, END, END));
        assertThat(none.peaks()).isEmpty();
        assertThat(none.text()).isEqualTo("Nothing stood out on gate.");
    }

    @Test
    void comparesTwoRanges() throws Exception {
        Answer answer =
                ask(
                        new Query(
                                "q",
                                "gate",
                                "",
                                "compare",
                                MONDAY_8 + 2 * HOUR,
                                END - 10 * MINUTE,
                                MONDAY_8,
                                0,
                                0,
                                END,
                                ""));
        assertThat(answer.figures())
                .containsEntry("meanActivity", 3.0)
                .containsEntry("reference.meanActivity", 1.0)
                .containsEntry("activityRatio", 3.0);
        Answer yesterday = ask(query("gate", "compare", MONDAY_8 + 2 * HOUR, END, END));
        assertThat(yesterday.status()).isEqualTo("out-of-range");
    }

    @Test
    void whatCannotBeAnsweredSaysWhy() throws Exception {
        assertThat(ask(query("nobody", "status", END)).status()).isEqualTo("unknown-stream");
        Answer kind = ask(query("gate", "mood", END));
        assertThat(kind.status()).isEqualTo("unknown-kind");
        assertThat(kind.text())
                .isEqualTo(
                        "A question of kind 'mood' is not known; ask for status, history, peaks,"
                                + " compare, baseline, forecast, summary.");
        Answer past = ask(query("gate", "history", MONDAY_8 - 2 * HOUR, MONDAY_8 - HOUR, END));
        assertThat(past.status()).isEqualTo("out-of-range");
        assertThat(past.text())
                .isEqualTo(
                        "gate is remembered from 08:00:00 on Monday 3 March 2025 to 10:59:50 on"
                                + " Monday 3 March 2025 UTC; what was asked for lies outside.");
        assertThat(ask(query("gate", "history", Long.MIN_VALUE, Long.MAX_VALUE, END)).status())
                .isEqualTo("out-of-range");
        assertThat(ask(query("gate", "forecast", MONDAY_8, MONDAY_8 + 1, END)).status())
                .isEqualTo("out-of-range");
    }

    @Test
    void aQuestionPastItsDeadlineIsNotAnswered() throws Exception {
        Query late = new Query("q", "gate", "", "status", 0, 0, 0, 0, END - 1, END, "");
        assertThat(ask(late).status()).isEqualTo("overdue");
        Query inTime = new Query("q", "gate", "", "status", 0, 0, 0, 0, END + MINUTE, END, "");
        assertThat(ask(inTime).status()).isEqualTo("ok");
        harness.clock(END + 2 * MINUTE);
        assertThat(ask(inTime).status()).isEqualTo("overdue");
    }

    @Test
    void askingChangesNothing() throws Exception {
        try (SummarizerHarness undisturbed = new SummarizerHarness(new Configuration())) {
            for (long t = MONDAY_8; t < END; t += 10 * SECOND) {
                float activity = 1 + (t - MONDAY_8) / HOUR;
                undisturbed.send(
                        t == MONDAY_8 + 90 * MINUTE
                                ? unusual("gate", t, activity, 1e-6f, 5)
                                : event("gate", t, activity));
            }
            for (String kind : List.of("status", "history", "peaks", "baseline", "forecast")) {
                ask(query("gate", kind, END + 5 * HOUR));
            }
            for (SummarizerHarness each : List.of(harness, undisturbed)) {
                each.send(event("gate", END + 30 * MINUTE, 2));
                each.watermark(Long.MAX_VALUE);
            }
            assertThat(harness.found().summaries()).isEqualTo(undisturbed.found().summaries());
        }
    }
}
