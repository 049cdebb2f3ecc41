package io.oxbow.flink.inference;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

/** When a batch runs, and what keeps its place behind the events before it. */
class BatchDrainTest {
    private static final Query QUERY = new Query("q", "a", "", "status", 0, 0, 0, 0, 0, 1_500, "");

    @Test
    void aFullBatchRuns() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with().option(OxbowOptions.BATCH_MAX_TOKENS, 3).open()) {
            harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
            assertThat(harness.getOutput()).isEmpty();
            harness.process(event("a", 1, 3, 1, 0, 0));
            assertThat(harness.getOutput()).hasSize(3);
            assertThat(harness.metrics().drains(DrainCause.FULL)).isEqualTo(1);
        }
    }

    @Test
    void theOldestEventWaitsNoLongerThanAllowed() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofMillis(10))
                        .open()) {
            harness.setProcessingTime(100);
            harness.process(event("a", 0, 1, 1, 0, 0));
            harness.setProcessingTime(105);
            harness.process(event("a", 1, 2, 1, 0, 0));
            harness.setProcessingTime(109);
            assertThat(harness.getOutput()).isEmpty();
            harness.setProcessingTime(110);
            assertThat(harness.getOutput()).hasSize(2);
            assertThat(harness.metrics().drains(DrainCause.DEADLINE)).isEqualTo(1);
        }
    }

    @Test
    void noDelayRunsEachEventAtOnce() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ZERO)
                        .open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            assertThat(harness.getOutput()).hasSize(1);
        }
    }

    @Test
    void aBatchThatRanEarlyDoesNotShortenTheNextOnesWait() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofMillis(10))
                        .open()) {
            harness.setProcessingTime(100);
            harness.process(event("a", 0, 1, 1, 0, 0));
            harness.processWatermark(1);
            harness.setProcessingTime(106);
            harness.process(event("a", 1, 2, 1, 0, 0));
            harness.setProcessingTime(111);
            assertThat(harness.extractOutputValues()).hasSize(1);
            harness.setProcessingTime(116);
            assertThat(harness.extractOutputValues()).hasSize(2);
            harness.setProcessingTime(1_000);
            assertThat(harness.getProcessingTimeService().getNumActiveTimers()).isZero();
        }
    }

    @Test
    void anIdleTaskAnswersAtOnce() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            assertThat(harness.getOutput()).isEmpty();
            harness.takeMail();
            harness.takeMail();
            assertThat(harness.getOutput()).hasSize(1);
            assertThat(harness.metrics().drains(DrainCause.IDLE)).isEqualTo(1);
            harness.process(event("a", 1, 2, 1, 0, 0));
            harness.takeMail();
            harness.takeMail();
            assertThat(harness.getOutput()).hasSize(2);
            assertThat(harness.hasMail()).isFalse();
        }
    }

    @Test
    void aTaskMayWaitForABatchThoughIdle() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with().option(OxbowOptions.BATCH_DRAIN_WHEN_IDLE, false).open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            assertThat(harness.hasMail()).isFalse();
        }
    }

    @Test
    void aLoadedTaskFillsItsBatch() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with().option(OxbowOptions.BATCH_MAX_TOKENS, 100).open()) {
            int letters = 0;
            for (int i = 0; i < 200; i++) {
                harness.process(event("a", i, i, 1, 0, 0));
                if (harness.hasMail()) {
                    harness.takeMail();
                    letters++;
                }
            }
            assertThat(harness.getOutput()).hasSize(200);
            assertThat(harness.metrics().drains(DrainCause.FULL)).isEqualTo(2);
            assertThat(harness.metrics().drains(DrainCause.IDLE)).isZero();
            assertThat(letters).isBetween(4, 20);
        }
    }

    @Test
    void aTaskThatFallsIdleAmidABatchRunsItAMillisecondLater() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.setProcessingTime(100);
            processAsLoaded(harness, 0, 20);
            assertThat(harness.getOutput()).isEmpty();
            harness.setProcessingTime(101);
            harness.takeMail();
            harness.takeMail();
            assertThat(harness.getOutput()).hasSize(20);
        }
    }

    @Test
    void aTaskThatFallsIdleAmidABatchAfterAFullOneRunsItFiveMillisecondsLater() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.BATCH_MAX_TOKENS, 40)
                        .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofMillis(100))
                        .open()) {
            harness.setProcessingTime(100);
            processAsLoaded(harness, 0, 40);
            assertThat(harness.getOutput()).hasSize(40);
            harness.setProcessingTime(101);
            processAsLoaded(harness, 40, 60);
            harness.setProcessingTime(105);
            assertThat(harness.hasMail()).isFalse();
            assertThat(harness.getOutput()).hasSize(40);
            harness.setProcessingTime(106);
            harness.takeMail();
            harness.takeMail();
            assertThat(harness.getOutput()).hasSize(60);
        }
    }

    /** A letter is taken after each event, so no look finds the input idle. */
    private static void processAsLoaded(InferenceHarness harness, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            harness.process(event("a", i, i, 1, 0, 0));
            if (harness.hasMail()) {
                harness.takeMail();
            }
        }
    }

    @Test
    void watermarksAndIdlenessFollowTheEventsBeforeThem() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            harness.processWatermark(5);
            harness.process(event("a", 1, 6, 1, 0, 0));
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            List<Object> output = new ArrayList<>(harness.getOutput());
            assertThat(output).hasSize(4);
            assertThat(output.get(0)).isInstanceOf(StreamRecord.class);
            assertThat(output.get(1)).isEqualTo(new Watermark(5));
            assertThat(output.get(2)).isInstanceOf(StreamRecord.class);
            assertThat(output.get(3)).isEqualTo(WatermarkStatus.IDLE);
            assertThat(harness.metrics().drains(DrainCause.WATERMARK)).isEqualTo(2);
        }
    }

    @Test
    void aQuestionFollowsTheEventsBeforeIt() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
            harness.process(QUERY);
            harness.process(event("a", 1, 3, 1, 0, 0));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> s.getClass().getSimpleName() + " " + s.streamId())
                    .containsExactly("Inference a", "Inference b", "Query a", "Inference a");
            assertThat(harness.extractOutputStreamRecords().get(2).getTimestamp())
                    .isEqualTo(QUERY.eventTime());
            assertThat(harness.metrics().drains(DrainCause.QUERY)).isEqualTo(1);
            assertThat(harness.metrics().drains(DrainCause.END)).isEqualTo(1);
        }
    }

    @Test
    void theBarrierFollowsTheEventsBeforeIt() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.getOutput()).hasSize(1);
            assertThat(harness.metrics().drains(DrainCause.CHECKPOINT)).isEqualTo(1);
        }
    }
}
