package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static io.oxbow.flink.summary.Signals.query;
import static io.oxbow.flink.summary.Signals.unusual;
import static io.oxbow.flink.summary.Signals.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Query;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

/** Which curves are remembered, by which names, and from which memory they are read. */
class RememberedCurvesTest {
    private static final VectorMeanings NAMED =
            new VectorMeanings(
                    Map.of(
                            0L,
                            new VectorMeaning(
                                    List.of("light", "", "motion at the top"), 0, List.of(2, 0))),
                    VectorMeaning.UNKNOWN);

    private static Answer ask(SummarizerHarness harness, Query query) throws Exception {
        harness.send(query);
        List<Answer> answers = harness.found().answers();
        return answers.get(answers.size() - 1);
    }

    @Test
    void theEncodersMostTellingChannelsHaveCurvesWithTheirNames() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration(), NAMED)) {
            for (long t = MONDAY_8; t < MONDAY_8 + HOUR; t += 10_000) {
                // The value of channel 2 is 4.25.
                harness.send(unusual("gate", t, 1, 0.5f, 2));
            }
            Answer answer = ask(harness, query("gate", "history", MONDAY_8 + HOUR));
            assertThat(answer.channels())
                    .extracting(ChannelCurve::name)
                    .containsExactly("motion at the top", "light");
            assertThat(answer.channels().get(0).curve().values()[0])
                    .isCloseTo(4.25f, within(0.01f));
            assertThat(answer.channels().get(1).curve().values()[0]).isCloseTo(0, within(0.01f));
            assertThat(answer.novelty().values()[0]).isCloseTo(0.5f, within(0.01f));
        }
    }

    @Test
    void anomaliesAndPeaksSpeakOfTheChannelByItsName() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration(), NAMED)) {
            for (int i = 0; i < 100; i++) {
                long t = MONDAY_8 + i * 10_000L;
                harness.send(unusual("gate", t, 1, i == 50 ? 1e-7f : 0.5f, 2));
            }
            assertThat(harness.found().anomalies().get(0).text())
                    .isEqualTo(
                            "gate became unusual at 08:08:20: motion at the top was 4.25 where 0.5"
                                    + " was expected (8 sigma); one event in 10,000,000 is like this"
                                    + " by chance.");
            Answer peaks = ask(harness, query("gate", "peaks", MONDAY_8 + HOUR));
            assertThat(peaks.peaks().get(0).where()).isEqualTo("motion at the top");
            assertThat(peaks.text()).contains("(motion at the top, one event in 10,000,000)");
        }
    }

    @Test
    void aChannelThatNeverMovedBeforeIsSaidToBeOne() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration(), NAMED)) {
            for (int i = 0; i < 100; i++) {
                long t = MONDAY_8 + i * 10_000L;
                Inference event = unusual("gate", t, 1, i == 50 ? 1e-7f : 0.5f, 2);
                event.attribution()[2] = 4e10f;
                event.attribution()[3] = -2e4f;
                harness.send(with(event, 6, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0));
            }
            Anomaly anomaly = harness.found().anomalies().get(0);
            assertThat(anomaly.text())
                    .contains("was 4.25 where 0.5 was expected (it never moved before); one event");
            assertThat(anomaly.attribution())
                    .extracting(Attribution::sigma)
                    .containsExactly(1000f, -1000f);
        }
    }

    @Test
    void namesMayBeGivenForVectorsOfNoKnownEncoder() throws Exception {
        Configuration config =
                new Configuration()
                        .set(SummaryOptions.CHANNEL_NAMES, List.of("volts", "amps"))
                        .set(SummaryOptions.CHANNELS, List.of(1, 5));
        try (SummarizerHarness harness = new SummarizerHarness(config)) {
            for (long t = MONDAY_8; t < MONDAY_8 + HOUR; t += 10_000) {
                harness.send(unusual("press", t, 1, 0.5f, 1));
            }
            Answer answer = ask(harness, query("press", "history", MONDAY_8 + HOUR));
            assertThat(answer.channels())
                    .extracting(ChannelCurve::name)
                    .containsExactly("amps", "channel 5");
        }
    }

    @Test
    void whatIsOlderThanAWeekComesFromTheMemoryOfAllTime() throws Exception {
        try (SummarizerHarness harness = new SummarizerHarness(new Configuration())) {
            for (long t = MONDAY_8; t < MONDAY_8 + 40 * DAY; t += 5 * MINUTE) {
                float activity = 2 + (float) Math.sin((t - MONDAY_8) / (5.0 * DAY));
                harness.send(Signals.event("gate", t, activity));
            }
            long from = MONDAY_8 + 2 * DAY;
            Answer answer =
                    ask(
                            harness,
                            new Query(
                                    "q",
                                    "gate",
                                    "",
                                    "history",
                                    from,
                                    from + 10 * DAY,
                                    0,
                                    DAY,
                                    0,
                                    from,
                                    ""));
            assertThat(answer.status()).isEqualTo("ok");
            assertThat(answer.activity().stepMillis()).isEqualTo(DAY);
            for (int d = 0; d < answer.activity().values().length; d++) {
                double middle = answer.activity().from() + (d + 0.5) * DAY - MONDAY_8;
                assertThat((double) answer.activity().values()[d])
                        .isCloseTo(2 + Math.sin(middle / (5.0 * DAY)), within(0.05));
            }
            assertThat(answer.activity().error()).isLessThan(0.05f);
        }
    }

    @Test
    void theSizeIsDeclaredAndKeptUnderItsBound() {
        int bytes = StreamSummaries.bytesPerStream(new Configuration());
        assertThat(bytes).isBetween(40 * 1024, 64 * 1024);
        Configuration more =
                new Configuration().set(SummaryOptions.CHANNELS, List.of(0, 1, 2, 3, 4, 5, 6, 7));
        assertThatThrownBy(() -> StreamSummaries.bytesPerStream(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oxbow.summary.memory-per-stream allows 65536")
                .hasMessageContaining("list fewer windows or channels");
        more.set(SummaryOptions.MEMORY_PER_STREAM, MemorySize.parse("128 kb"));
        assertThat(StreamSummaries.bytesPerStream(more)).isGreaterThan(bytes);
    }
}
