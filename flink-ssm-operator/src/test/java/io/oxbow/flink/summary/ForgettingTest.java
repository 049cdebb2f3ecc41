package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.SECOND;
import static io.oxbow.flink.summary.Signals.event;
import static io.oxbow.flink.summary.Signals.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** {@code oxbow.state.ttl}: a silent stream is forgotten, in every run alike. */
class ForgettingTest {
    private static final Configuration TWO_HOURS =
            new Configuration().set(OxbowOptions.STATE_TTL, Duration.ofHours(2));

    private static void steady(SummarizerHarness harness, long from, long to) throws Exception {
        for (long t = from; t < to; t += 10 * SECOND) {
            harness.send(event("gate", t, 1));
        }
    }

    private static double events(SummarizerHarness harness) throws Exception {
        harness.send(query("gate", "status", MONDAY_8 + DAY));
        List<Answer> answers = harness.found().answers();
        Answer last = answers.get(answers.size() - 1);
        return last.status().equals("ok") ? last.figures().get("events") : -1;
    }

    @Test
    void aStreamBeginsAnewAfterALongSilenceAndNotAfterAShortOne() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(TWO_HOURS)) {
            steady(harness, MONDAY_8, MONDAY_8 + HOUR);
            steady(harness, MONDAY_8 + 2 * HOUR, MONDAY_8 + 3 * HOUR);
            assertThat(events(harness)).isEqualTo(720);
            steady(harness, MONDAY_8 + 6 * HOUR, MONDAY_8 + 6 * HOUR + MINUTE);
            assertThat(events(harness)).isEqualTo(6);
        }
    }

    @Test
    void theWatermarkFreesASilentStream() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(TWO_HOURS)) {
            steady(harness, MONDAY_8, MONDAY_8 + HOUR);
            harness.watermark(MONDAY_8 + 4 * HOUR);
            assertThat(events(harness)).isEqualTo(360);
            assertThat(harness.storedStreams()).isEqualTo(1);
            // The day's summary is still to come.
            harness.watermark(MONDAY_8 + 12 * HOUR);
            assertThat(events(harness)).isEqualTo(360);
            harness.watermark(MONDAY_8 + 8 * DAY);
            assertThat(events(harness)).isEqualTo(-1);
            assertThat(harness.storedStreams()).isZero();
            assertThat(harness.found().summaries()).extracting("kind").contains("hour", "day");
        }
    }

    @Test
    void whetherItWasFreedDoesNotShow() throws Exception {
        Map<String, List<Object>> expected = null;
        for (boolean watermarks : new boolean[] {false, true}) {
            try (SummarizerHarness harness = new SummarizerHarness(TWO_HOURS)) {
                for (int day = 0; day < 12; day += 4) {
                    long from = MONDAY_8 + day * DAY;
                    steady(harness, from, from + HOUR);
                    if (watermarks) {
                        harness.watermark(from + 3 * DAY);
                    }
                }
                harness.watermark(Long.MAX_VALUE);
                Map<String, List<Object>> found = harness.found().byStream();
                if (expected != null) {
                    assertThat(found).isEqualTo(expected);
                }
                expected = found;
            }
        }
    }

    @Test
    void withoutATimeToLiveNothingIsForgotten() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            steady(harness, MONDAY_8, MONDAY_8 + HOUR);
            harness.watermark(MONDAY_8 + 300 * DAY);
            harness.send(event("gate", MONDAY_8 + 301 * DAY, 1));
            assertThat(events(harness)).isEqualTo(361);
        }
    }
}
