package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventContent;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.state.KeyedSsmState;
import io.oxbow.flink.state.ModelMismatchException;
import io.oxbow.flink.state.OnModelChange;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSwapTest {
    private static final List<StreamEvent> EVENTS = TestStreams.events(5, 40, 900);
    private static final int CUT = 500;
    private static final List<StreamEvent> BEFORE = EVENTS.subList(0, CUT);
    private static final List<StreamEvent> AFTER = EVENTS.subList(CUT, EVENTS.size());

    private static final SsmModel FIRST = TestModels.seeded(1);
    private static final SsmModel SECOND = TestModels.seeded(2);
    private static final SsmModel OTHER_LAYOUT =
            MemoryModel.build(MemoryConfig.forChannels(TestModels.INPUT_DIM, 2));

    private static final ModelVerdict TO_SECOND =
            SwapHarness.verdict(1, "2", Outcome.KEEPS_STATES, SECOND, FIRST);
    private static final ModelVerdict TO_OTHER_LAYOUT =
            SwapHarness.verdict(1, "other", Outcome.RESETS_STATES, OTHER_LAYOUT, FIRST);

    private static SwapHarness.Setup setup() {
        return SwapHarness.with(
                () -> TestModels.seeded(1),
                update ->
                        () ->
                                update.uri().equals("other")
                                        ? OTHER_LAYOUT
                                        : TestModels.seeded(Long.parseLong(update.uri())));
    }

    /**
     * What is said of all events if the first {@link #CUT} are the first model's, and the states go
     * on with the second: one event at a time, the states handed over.
     */
    private static List<Object> expected() throws IOException {
        Map<String, KeyedSsmState> states = new HashMap<>();
        List<Object> said = new ArrayList<>();
        run(FIRST, BEFORE, states, said);
        states.replaceAll((stream, state) -> relabelled(state, SECOND.fingerprint()));
        run(SECOND, AFTER, states, said);
        return said;
    }

    private static void run(
            SsmModel model,
            List<StreamEvent> events,
            Map<String, KeyedSsmState> states,
            List<Object> said)
            throws IOException {
        Configuration scalar = new Configuration().set(OxbowOptions.COMPUTE_BACKEND, "scalar");
        try (LoneInference lone =
                LoneInference.open(() -> model, scalar, ModelSwapTest.class.getClassLoader())) {
            for (StreamEvent event : events) {
                LoneInference.Outcome outcome =
                        lone.advance(states.get(event.streamId()), (Observation) event);
                states.put(event.streamId(), outcome.state());
                said.add(EventContent.of(outcome.inference().orElseThrow()));
            }
        }
    }

    private static KeyedSsmState relabelled(KeyedSsmState state, long fingerprint) {
        return new KeyedSsmState(
                state.layoutFingerprint(),
                fingerprint,
                state.steps(),
                state.lastEventTime(),
                state.epoch(),
                state.lastSeq(),
                state.seen(),
                state.floats(),
                state.longs());
    }

    @ParameterizedTest
    @CsvSource({"scalar, 100000000", "scalar, 5000", "aside, 100000000", "aside, 5000"})
    void statesOfTheSameLayoutGoOnResidentAndStored(String backend, long residentBytes)
            throws Exception {
        try (SwapHarness harness =
                setup().option(OxbowOptions.COMPUTE_BACKEND, backend)
                        .option(OxbowOptions.BATCH_MAX_TOKENS, 13)
                        .option(OxbowOptions.STATE_RESIDENT_MEMORY, new MemorySize(residentBytes))
                        .open()) {
            harness.process(BEFORE);
            harness.swap(TO_SECOND);
            harness.process(AFTER);
            harness.runAll();
            assertThat(harness.contents()).isEqualTo(expected());
            assertThat(harness.metrics().modelSwaps()).isEqualTo(1);
            assertThat(harness.modelResets()).isZero();
        }
    }

    @Test
    void eventsThatWaitAreTheOldModels() throws Exception {
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE);
            harness.decide(TO_SECOND);
            assertThat(harness.contents()).as("nothing ran yet").isEmpty();
            harness.takeModel();
            assertThat(harness.metrics().drains(DrainCause.MODEL)).isEqualTo(1);
            assertThat(harness.contents()).isEqualTo(expected().subList(0, CUT));
        }
    }

    @Test
    void anotherLayoutBeginsEachStreamAnewAtItsNextEvent() throws Exception {
        List<Object> fresh = new ArrayList<>();
        run(OTHER_LAYOUT, AFTER, new HashMap<>(), fresh);
        try (SwapHarness harness =
                setup().option(OxbowOptions.STATE_ON_MODEL_CHANGE, OnModelChange.RESET).open()) {
            harness.process(BEFORE);
            harness.swap(TO_OTHER_LAYOUT);
            assertThat(harness.contents()).isEqualTo(expected().subList(0, CUT));
            assertThat(harness.modelResets()).isZero();
            harness.process(AFTER);
            harness.runAll();
            List<Object> said = harness.contents().subList(CUT, EVENTS.size());
            // The count of a stream's events goes on, as it does when a job is restored.
            assertThat(withoutStateVersion(said)).isEqualTo(withoutStateVersion(fresh));
            assertThat(harness.modelResets())
                    .isEqualTo(AFTER.stream().map(StreamEvent::streamId).distinct().count());
        }
    }

    private static List<Object> withoutStateVersion(List<Object> contents) {
        return contents.stream()
                .<Object>map(
                        content ->
                                ((List<?>) content)
                                        .stream()
                                                .filter(
                                                        part ->
                                                                !part.toString()
                                                                        .startsWith("stateVersion"))
                                                .toList())
                .toList();
    }

    @Test
    void aRestoredOperatorRunsTheModelItWentOverTo() throws Exception {
        int swapAt = 300;
        OperatorSubtaskState state;
        List<Object> said;
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE.subList(0, swapAt));
            harness.swap(TO_SECOND);
            state = harness.checkpoint(1);
            harness.process(EVENTS.subList(swapAt, EVENTS.size()));
            harness.runAll();
            said = harness.contents();
        }
        // Most streams' states were written by the first model, and none of them is resident.
        try (SwapHarness harness =
                SwapHarness.with(
                                () -> {
                                    throw new IOException("nobody needs the first model");
                                },
                                update -> () -> TestModels.seeded(Long.parseLong(update.uri())))
                        .restored(state)
                        .open()) {
            harness.process(EVENTS.subList(swapAt, EVENTS.size()));
            harness.runAll();
            assertThat(harness.contents()).isEqualTo(said.subList(swapAt, EVENTS.size()));
        }
    }

    @Test
    void allTasksOfARescaledJobRunIt() throws Exception {
        OperatorSubtaskState state;
        List<Object> said;
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE);
            harness.swap(TO_SECOND);
            state = harness.checkpoint(1);
            harness.process(AFTER);
            harness.runAll();
            said = harness.contents().subList(CUT, EVENTS.size());
        }
        List<Object> rescaled = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, SwapHarness.MAX_PARALLELISM, 1, 2, subtask);
            int mine = subtask;
            try (SwapHarness harness = setup().subtask(subtask, 2).restored(part).open()) {
                harness.process(AFTER.stream().filter(event -> subtaskOf(event) == mine).toList());
                harness.runAll();
                rescaled.addAll(harness.contents());
            }
        }
        assertThat(rescaled).containsExactlyInAnyOrderElementsOf(said);
    }

    private static int subtaskOf(StreamEvent event) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                event.streamId(), SwapHarness.MAX_PARALLELISM, 2);
    }

    @Test
    void aCheckpointBeforeTheModelWasReadHasItAlready() throws Exception {
        OperatorSubtaskState state;
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE);
            harness.decide(TO_SECOND);
            state = harness.checkpoint(1);
        }
        try (SwapHarness harness = setup().restored(state).open()) {
            harness.process(AFTER);
            harness.runAll();
            assertThat(harness.contents()).isEqualTo(expected().subList(CUT, EVENTS.size()));
        }
    }

    @Test
    void theLatestOfSeveralIsTheModel() throws Exception {
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE);
            SsmModel third = TestModels.seeded(3);
            harness.decide(SwapHarness.verdict(1, "3", Outcome.KEEPS_STATES, third, FIRST));
            harness.decide(SwapHarness.verdict(2, "2", Outcome.KEEPS_STATES, SECOND, third));
            harness.takeModel();
            assertThat(harness.metrics().modelSwaps()).isZero();
            harness.takeModel();
            harness.process(AFTER);
            harness.runAll();
            assertThat(harness.contents()).isEqualTo(expected());
        }
    }

    @Test
    void verdictsThatChangeNothingAreLetPass() throws Exception {
        try (SwapHarness harness = setup().open()) {
            harness.decide(SwapHarness.verdict(1, "2", Outcome.REFUSED, SECOND, FIRST));
            harness.decide(SwapHarness.verdict(2, "1", Outcome.UNCHANGED, FIRST, FIRST));
            assertThat(harness.getTaskMailbox().hasMail()).isFalse();
            OperatorSubtaskState state = harness.checkpoint(1);
            try (SwapHarness restored = setup().restored(state).open()) {
                assertThat(restored.metrics().modelSwaps()).isZero();
            }
        }
    }

    @Test
    void aModelThatIsAnotherByNowFailsTheTask() throws Exception {
        try (SwapHarness harness = setup().open()) {
            harness.decide(SwapHarness.verdict(1, "3", Outcome.KEEPS_STATES, SECOND, FIRST));
            assertThatThrownBy(harness::takeModel)
                    .hasMessageContaining("'3' was let through, but this task cannot read it")
                    .hasMessageContaining("bring that one back");
        }
    }

    @Test
    void statesOfAStrangerAreStillRefused() throws Exception {
        OperatorSubtaskState state;
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE);
            harness.swap(TO_OTHER_LAYOUT);
            state = harness.checkpoint(1);
        }
        try (SwapHarness harness = setup().restored(state).open()) {
            assertThatThrownBy(() -> harness.process(AFTER))
                    .isInstanceOf(ModelMismatchException.class);
        }
    }

    @Test
    void aCheckpointWithoutSwapsIsRestoredWithThemAndBack() throws Exception {
        OperatorSubtaskState state;
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(BEFORE);
            state = harness.checkpoint(1);
        }
        List<Object> undisturbed = new ArrayList<>();
        run(FIRST, EVENTS, new HashMap<>(), undisturbed);
        int between = CUT + 100;
        try (SwapHarness harness = setup().restored(state).open()) {
            harness.process(EVENTS.subList(CUT, between));
            state = harness.checkpoint(2);
            assertThat(harness.contents()).isEqualTo(undisturbed.subList(CUT, between));
        }
        try (InferenceHarness harness = InferenceHarness.with().restored(state).open()) {
            harness.process(EVENTS.subList(between, EVENTS.size()));
            harness.endInput();
            List<Object> said = new ArrayList<>();
            for (StreamSignal signal : harness.extractOutputValues()) {
                assertThat(signal).isInstanceOf(Inference.class);
                said.add(EventContent.of(signal));
            }
            assertThat(said).isEqualTo(undisturbed.subList(between, EVENTS.size()));
        }
    }

    @Test
    void theInputOfModelsHasNoPartInWatermarks() throws Exception {
        try (SwapHarness harness = setup().open()) {
            harness.process(BEFORE.subList(0, 1));
            harness.processWatermark1(new Watermark(7));
            harness.processWatermark2(new Watermark(3));
            harness.processWatermarkStatus2(WatermarkStatus.IDLE);
            harness.processWatermark1(new Watermark(9));
            harness.processWatermarkStatus1(WatermarkStatus.IDLE);
            assertThat(harness.getOutput()).hasSize(4);
            assertThat(harness.getOutput().stream().skip(1).toList())
                    .isEqualTo(List.of(new Watermark(7), new Watermark(9), WatermarkStatus.IDLE));
        }
    }
}
