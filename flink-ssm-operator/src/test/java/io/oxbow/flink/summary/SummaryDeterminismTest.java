package io.oxbow.flink.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.StreamSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same events, and the same is found: whatever watermarks, checkpoints and machines did. */
class SummaryDeterminismTest {
    private static final Configuration CONFIG =
            new Configuration()
                    .set(
                            SummaryOptions.WINDOW,
                            List.of(
                                    Duration.ofSeconds(40),
                                    Duration.ofMinutes(10),
                                    Duration.ofHours(1)));

    /** Room for one stream only: every change of stream is an eviction. */
    private static final Configuration CRAMPED =
            new Configuration(CONFIG)
                    .set(SummaryOptions.RESIDENT_MEMORY, MemorySize.ofMebiBytes(0));

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void watermarksDoNotShow(long seed) throws Exception {
        List<StreamSignal> signals = Signals.busyMorning(seed);
        Map<String, List<Object>> expected = run(CONFIG, signals, lag -> -1);
        assertThat(expected.keySet()).hasSize(9);
        assertThat(expected.values()).allSatisfy(list -> assertThat(list).isNotEmpty());
        assertThat(run(CONFIG, signals, random -> 0)).isEqualTo(expected);
        assertThat(run(CONFIG, signals, random -> random.nextInt(200_000))).isEqualTo(expected);
    }

    @Test
    void restartsAndParallelismDoNotShow() throws Exception {
        List<StreamSignal> signals = Signals.busyMorning(4);
        Map<String, List<Object>> expected = run(CONFIG, signals, lag -> -1);
        for (StateBackend backend :
                List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())) {
            try (SummarizerHarness harness = new SummarizerHarness(CRAMPED, backend, 2)) {
                for (int i = 0; i < signals.size(); i++) {
                    harness.send(signals.get(i));
                    if (i % 7 == 0) {
                        harness.watermark(signals.get(i).eventTime() - 1000);
                    }
                    if (i % (signals.size() / 6) == 0) {
                        harness.restart(1 + i % 3);
                    }
                }
                harness.watermark(Long.MAX_VALUE);
                assertThat(harness.found().byStream()).isEqualTo(expected);
            }
        }
    }

    /** A snapshot after every event: nothing that lives only outside the state is needed. */
    @Test
    void aRestartAfterEveryEventDoesNotShow() throws Exception {
        List<StreamSignal> signals = Signals.busyMorning(5).subList(0, 60);
        Map<String, List<Object>> expected = run(CONFIG, signals, lag -> -1);
        try (SummarizerHarness harness = new SummarizerHarness(CONFIG)) {
            for (StreamSignal signal : signals) {
                harness.send(signal);
                harness.restart(1);
            }
            harness.watermark(Long.MAX_VALUE);
            assertThat(harness.found().byStream()).isEqualTo(expected);
        }
    }

    @Test
    void aCheckpointDoesNotShow() throws Exception {
        List<StreamSignal> signals = Signals.busyMorning(6);
        Map<String, List<Object>> expected = run(CONFIG, signals, lag -> -1);
        try (SummarizerHarness harness = new SummarizerHarness(CRAMPED)) {
            for (int i = 0; i < signals.size(); i++) {
                harness.send(signals.get(i));
                if (i % 50 == 0) {
                    harness.snapshotOnly();
                }
            }
            harness.watermark(Long.MAX_VALUE);
            assertThat(harness.found().byStream()).isEqualTo(expected);
        }
    }

    private interface Lag {
        /** Milliseconds the watermark stays behind; negative for no watermark. */
        int next(Random random);
    }

    private static Map<String, List<Object>> run(
            Configuration config, List<StreamSignal> signals, Lag lag) throws Exception {
        Random random = new Random(99);
        try (SummarizerHarness harness = new SummarizerHarness(config)) {
            long latest = Long.MIN_VALUE;
            for (StreamSignal signal : signals) {
                harness.send(signal);
                latest = Math.max(latest, signal.eventTime());
                int behind = lag.next(random);
                if (behind >= 0) {
                    harness.watermark(latest - 1 - behind);
                }
            }
            harness.watermark(Long.MAX_VALUE);
            return harness.found().byStream();
        }
    }
}
