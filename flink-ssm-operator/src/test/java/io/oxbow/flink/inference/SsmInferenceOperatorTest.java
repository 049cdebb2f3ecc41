package io.oxbow.flink.inference;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.KernelException;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator says, whatever batches and memory it has, and what it refuses at the start. */
class SsmInferenceOperatorTest {
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
}
