package io.oxbow.flink.inference;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.KernelException;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsmInferenceOperatorTest {

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
    void aTaskMayWaitForABatchThoughIdle() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with().option(OxbowOptions.BATCH_DRAIN_WHEN_IDLE, false).open()) {
            harness.process(event("a", 0, 1, 1, 0, 0));
            assertThat(harness.hasMail()).isFalse();
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

    @Test
    void anInferenceSaysWhatTheModelSaid() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.OUTPUT_ACTIVITY_CHANNEL, 2)
                        .option(OxbowOptions.OUTPUT_FORECAST, false)
                        .option(OxbowOptions.OUTPUT_EMBEDDING, true)
                        .open()) {
            harness.process(event("a", 4, 1_000, 1, 2, 9));
            harness.process(event("a", 5, 2_000, 1, 2, 8));
            harness.endInput();
            Inference second = (Inference) harness.extractOutputValues().get(1);
            assertThat(second.streamId()).isEqualTo("a");
            assertThat(second.seq()).isEqualTo(5);
            assertThat(second.eventTime()).isEqualTo(2_000);
            assertThat(second.ingestTime()).isEqualTo(2_007);
            assertThat(second.stateVersion()).isEqualTo(2);
            assertThat(second.activity()).isEqualTo(8);
            assertThat(second.pValue()).isNaN();
            assertThat(second.values()).containsExactly(1, 2, 8);
            assertThat(second.forecast()).isEmpty();
            assertThat(second.attribution()).hasSize(TestModels.INPUT_DIM);
            assertThat(second.embedding()).hasSize(TestModels.INPUT_DIM);
            assertThat(second.head()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 64, 512})
    void whereBatchesAreCutChangesNothing(int maxTokens) throws Exception {
        List<StreamEvent> events = new ArrayList<>(TestStreams.events(5, 9, 1_200));
        Random random = new Random(6);
        for (int i = 0; i < events.size(); i++) {
            if (random.nextInt(20) == 0 && events.get(i) instanceof Observation o) {
                events.set(i, with(o, TestModels.OVERFLOWING, -TestModels.OVERFLOWING, 1));
            }
        }
        List<Object> oneByOne = run(events, 1, Long.MAX_VALUE);
        assertThat(oneByOne.toString()).contains("StateReset");
        assertThat(run(events, maxTokens, Long.MAX_VALUE)).isEqualTo(oneByOne);
    }

    @Test
    void aLittleMemoryGivesTheSameResults() throws Exception {
        List<StreamEvent> events = TestStreams.events(8, 300, 3_000);
        List<Object> roomy = run(events, 16, 1 << 20);
        assertThat(run(events, 16, 4_000)).isEqualTo(roomy);
        assertThat(run(events, 16, 0)).isEqualTo(roomy);
    }

    private static List<Object> run(List<StreamEvent> events, int maxTokens, long memory)
            throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.BATCH_MAX_TOKENS, maxTokens)
                        .option(OxbowOptions.STATE_RESIDENT_MEMORY, new MemorySize(memory))
                        .open()) {
            harness.process(events);
            harness.endInput();
            assertThat(harness.contents()).hasSize(events.size());
            boolean scarce = memory < maxTokens * 256L;
            assertThat(harness.metrics().drains(DrainCause.RESIDENCY) > 0).isEqualTo(scarce);
            return harness.contents();
        }
    }

    @Test
    void repeatedEventsAreDroppedAndMissingOnesCounted() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(
                    List.of(
                            event("a", 10, 1, 1, 0, 0),
                            event("a", 11, 2, 1, 0, 0),
                            event("a", 11, 2, 1, 0, 0),
                            event("a", 10, 1, 1, 0, 0),
                            event("a", 15, 3, 1, 0, 0)));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> ((Inference) s).seq())
                    .containsExactly(10L, 11L, 15L);
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(2);
            assertThat(harness.metrics().sequenceGaps.getCount()).isEqualTo(3);
        }
    }

    @Test
    void lateEventsGoAsideAndLeaveTheStateAlone() throws Exception {
        Observation late = event("a", 1, 50, 9, 9, 9);
        List<StreamEvent> inOrder = List.of(event("a", 0, 10, 1, 0, 0), event("a", 2, 60, 1, 0, 0));
        try (InferenceHarness with = InferenceHarness.with().open();
                InferenceHarness without = InferenceHarness.with().open()) {
            with.process(inOrder);
            with.process(late);
            with.process(late);
            with.process(event("a", 3, 60, 1, 1, 1));
            with.endInput();
            without.process(inOrder);
            without.process(event("a", 3, 60, 1, 1, 1));
            without.endInput();
            assertThat(with.contents()).isEqualTo(without.contents()).hasSize(3);
            assertThat(with.getSideOutput(SideOutputs.LATE))
                    .singleElement()
                    .satisfies(r -> assertThat(r.getValue().eventTime()).isEqualTo(50))
                    .satisfies(r -> assertThat(r.getTimestamp()).isEqualTo(50));
            assertThat(with.metrics().late.getCount()).isEqualTo(1);
            assertThat(with.metrics().duplicates.getCount()).isEqualTo(1);
        }
    }

    @Test
    void badInputGoesAsideAndLeavesTheStateAlone() throws Exception {
        Observation good = event("a", 1, 2, 1, 2, 3);
        List<StreamEvent> bad =
                List.of(
                        event("a", 7, 90, 1, Float.NaN, 0),
                        event("a", 7, 90, 1, 0, Float.NEGATIVE_INFINITY),
                        event("a", 7, 90, 1, 0),
                        event("a", 7, 90, 1, 0, 0, 0),
                        encodedBy(0xbadL, good));
        try (InferenceHarness with = InferenceHarness.with().open();
                InferenceHarness without = InferenceHarness.with().open()) {
            with.process(event("a", 0, 1, 1, 0, 0));
            with.process(bad);
            with.process(encodedBy(0, good));
            with.endInput();
            without.process(event("a", 0, 1, 1, 0, 0));
            without.process(encodedBy(0, good));
            without.endInput();
            assertThat(with.contents()).isEqualTo(without.contents()).hasSize(2);
            assertThat(with.getSideOutput(SideOutputs.REJECTED))
                    .extracting(StreamRecord::getValue)
                    .extracting(Rejected::error)
                    .containsExactly(
                            "channel 1 is NaN, not a finite number",
                            "channel 2 is -Infinity, not a finite number",
                            "the vector has 2 values; the model takes 3",
                            "the vector has 4 values; the model takes 3",
                            "the vector was made by encoder 0000000000000bad; the model was"
                                    + " trained on encoder 000000000000abcd");
            assertThat(with.metrics().rejected.getCount()).isEqualTo(5);
        }
    }

    @Test
    void timesAheadOfTheProducersClockAndAbsurdNumbersAreRefused() throws Exception {
        long hour = 3_600_000;
        long year = 9_000 * hour;
        long day = 1_700_000_000_000L;
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.TIME_MAX_AHEAD, Duration.ofHours(1))
                        .option(OxbowOptions.SEQUENCE_MAX_JUMP, 10L)
                        .open()) {
            harness.process(sentAt(day, event("a", 0, day, 1, 0, 0)));
            harness.process(sentAt(day + 1, event("a", 1, day + 2 + hour, 1, 0, 0)));
            harness.process(sentAt(day + 2, event("a", 2, day + 2 + hour, 1, 0, 0)));
            harness.process(sentAt(day + year, event("a", 3, day + year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 4, day + 2 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 16, day + 3 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", Long.MAX_VALUE, day + 3 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 15, day + 3 * year, 1, 0, 0)));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> ((Inference) s).seq())
                    .containsExactly(0L, 2L, 3L, 4L, 15L);
            assertThat(harness.getSideOutput(SideOutputs.REJECTED))
                    .extracting(StreamRecord::getValue)
                    .extracting(Rejected::error)
                    .satisfiesExactly(
                            e -> assertThat(e).contains("more than 3600000 ms after"),
                            e -> assertThat(e).startsWith("11 sequence numbers are missing"),
                            e -> assertThat(e).contains("raise its epoch"));
        }
    }

    @Test
    void aClockThatLeapsOnceIsNotBelievedAndALongSilenceIs() throws Exception {
        long day = 86_400_000;
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.TIME_MAX_JUMP, Duration.ofDays(1))
                        .open()) {
            harness.process(event("a", 0, 1_000, 1, 0, 0));
            harness.process(event("a", 1, 40 * day, 1, 0, 0));
            // The same again: a repetition says nothing.
            harness.process(event("a", 1, 40 * day, 1, 0, 0));
            harness.process(event("a", 2, 2_000, 1, 0, 0));
            harness.process(event("a", 3, 40 * day, 1, 0, 0));
            harness.process(event("b", 0, 40 * day, 1, 0, 0));
            OperatorSubtaskState snapshot = harness.checkpoint(1);
            try (InferenceHarness later =
                    InferenceHarness.with()
                            .option(OxbowOptions.TIME_MAX_JUMP, Duration.ofDays(1))
                            .restored(snapshot)
                            .open()) {
                later.process(event("a", 4, 40 * day + 9, 1, 0, 0));
                later.process(event("a", 5, 40 * day + 10, 1, 0, 0));
                later.endInput();
                assertThat(seqs(later)).containsExactly("a4", "a5");
                assertThat(later.metrics().late.getCount()).isZero();
            }
            harness.endInput();
            assertThat(seqs(harness)).containsExactly("a0", "a2", "b0");
            assertThat(harness.metrics().late.getCount()).isZero();
            assertThat(harness.metrics().duplicates.getCount()).isZero();
            assertThat(harness.getSideOutput(SideOutputs.REJECTED))
                    .hasSize(3)
                    .allSatisfy(
                            refused ->
                                    assertThat(refused.getValue().error())
                                            .startsWith("clock jump: the event time 3456000000"));
        }
    }

    private static List<String> seqs(InferenceHarness harness) {
        return harness.extractOutputValues().stream()
                .map(s -> s.streamId() + ((Inference) s).seq())
                .toList();
    }

    @Test
    void aBrokenStateStartsAnewAndSpreadsNowhere() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(
                    List.of(
                            event("a", 0, 1, 1, 0, 0),
                            event("b", 0, 1, 1, 0, 0),
                            event("a", 1, 2, TestModels.OVERFLOWING, 0, 0),
                            event("b", 1, 2, 1, 0, 0),
                            event("a", 2, 3, 1, 0, 0)));
            harness.endInput();
            List<StreamSignal> signals = harness.extractOutputValues();
            assertThat(signals.get(2))
                    .isInstanceOfSatisfying(
                            StateReset.class,
                            reset -> {
                                assertThat(reset.seq()).isEqualTo(1);
                                assertThat(reset.reason()).contains("not finite");
                            });
            Inference first = (Inference) signals.get(0);
            Inference afterReset = (Inference) signals.get(4);
            assertThat(afterReset.score()).isEqualTo(first.score());
            assertThat(((Inference) signals.get(3)).score()).isFinite();
            assertThat(harness.metrics().stateResets.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aSilentStreamStartsAnewAndItsStorageIsFreed() throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.STATE_TTL, Duration.ofMillis(100))
                        .open()) {
            harness.process(
                    List.of(
                            event("a", 0, 1_000, 1, 0, 0),
                            event("a", 1, 1_100, 1, 0, 0),
                            event("a", 2, 1_201, 1, 0, 0)));
            harness.processWatermark(1_400);
            List<StreamSignal> signals = harness.extractOutputValues();
            assertThat(((Inference) signals.get(1)).stateVersion()).isEqualTo(2);
            assertThat(((Inference) signals.get(2)).stateVersion()).isEqualTo(1);
            assertThat(((Inference) signals.get(2)).score())
                    .isEqualTo(((Inference) signals.get(0)).score());
            harness.checkpoint(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processWatermark(1_401);
            harness.checkpoint(2);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aBrokenModelIsRefusedAtTheStart() throws Exception {
        ModelSource broken =
                () -> {
                    throw new IOException("weights of 'x' are cut short");
                };
        assertThatThrownBy(InferenceHarness.with().model(broken)::open)
                .hasMessage("weights of 'x' are cut short");
    }

    @Test
    void aMissingBackendIsRefusedAtTheStart() throws Exception {
        assertThatThrownBy(
                        InferenceHarness.with().option(OxbowOptions.COMPUTE_BACKEND, "abacus")
                                ::open)
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("abacus");
    }

    @Test
    void anActivityChannelTheModelLacksIsRefusedAtTheStart() throws Exception {
        assertThatThrownBy(
                        InferenceHarness.with().option(OxbowOptions.OUTPUT_ACTIVITY_CHANNEL, 3)
                                ::open)
                .hasMessageContaining("oxbow.output.activity-channel is 3");
    }

    private static Observation with(Observation event, float... values) {
        return event(event.streamId(), event.seq(), event.eventTime(), values);
    }

    private static Observation sentAt(long ingestTime, Observation event) {
        return new Observation(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                ingestTime,
                event.encoderHash(),
                event.values(),
                event.health(),
                Origin.NONE);
    }

    private static Observation encodedBy(long encoderHash, Observation event) {
        return new Observation(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                event.ingestTime(),
                encoderHash,
                event.values(),
                event.health(),
                Origin.NONE);
    }
}
