package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.state.ModelMismatchException;
import io.oxbow.flink.state.OnModelChange;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.forst.ForStStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceRecoveryTest {
    private static final List<StreamEvent> EVENTS = TestStreams.events(21, 40, 1_500);

    static Stream<Named<StateBackend>> backends() {
        return Stream.of(
                Named.of("heap", new HashMapStateBackend()),
                Named.of("RocksDB", new EmbeddedRocksDBStateBackend()),
                Named.of("ForSt", new ForStStateBackend()));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestoredOperatorGoesOnBitForBit(StateBackend backend) throws Exception {
        List<Object> undisturbed = undisturbed();
        InferenceHarness.Setup setup =
                InferenceHarness.with()
                        .backend(backend)
                        .option(OxbowOptions.BATCH_MAX_TOKENS, 13)
                        .option(OxbowOptions.STATE_RESIDENT_MEMORY, new MemorySize(5_000));
        List<Object> pieced = new ArrayList<>();
        OperatorSubtaskState state = null;
        int[] cuts = {0, 1, 400, 401, 977, EVENTS.size()};
        for (int i = 1; i < cuts.length; i++) {
            try (InferenceHarness harness = setup.restored(state).open()) {
                harness.process(EVENTS.subList(cuts[i - 1], cuts[i]));
                state = harness.checkpoint(i);
                pieced.addAll(harness.contents());
                // What follows the checkpoint is lost with the operator and comes again.
                harness.process(EVENTS.subList(cuts[i], Math.min(cuts[i] + 30, EVENTS.size())));
            }
        }
        assertThat(pieced).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anOperatorGoesOnAfterItsOwnCheckpoint(StateBackend backend) throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .backend(backend)
                        .option(OxbowOptions.STATE_RESIDENT_MEMORY, new MemorySize(5_000))
                        .open()) {
            for (int i = 0; i < EVENTS.size(); i++) {
                harness.process(EVENTS.get(i));
                if (i % 170 == 0) {
                    harness.checkpoint(i + 1);
                }
            }
            harness.endInput();
            assertThat(harness.contents()).isEqualTo(undisturbed());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void statesAreWrittenAheadOfABarrierThatIsDue(StateBackend backend) throws Exception {
        InferenceHarness.Setup setup =
                InferenceHarness.with()
                        .backend(backend)
                        .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofSeconds(1));
        List<Object> pieced = new ArrayList<>();
        OperatorSubtaskState state = null;
        try (InferenceHarness harness = setup.open()) {
            for (int i = 0; i < 3; i++) {
                int barrier = 10_000 * (i + 1);
                int first = 400 * i;
                harness.process(EVENTS.subList(first, first + 380));
                harness.setProcessingTime(barrier - 50);
                long before = harness.writeBacks();
                // Its row lags behind while it is pending, so it must not be written.
                harness.process(EVENTS.get(first + 380));
                for (int time = barrier - 20; time < barrier; time++) {
                    harness.setProcessingTime(time);
                }
                // The first two barriers say when the third is due.
                long ahead = harness.writeBacks() - before;
                assertThat(ahead).isEqualTo(i < 2 ? 0 : 39);
                // Streams that were written may speak again.
                harness.process(EVENTS.subList(first + 381, first + 400));
                harness.setProcessingTime(barrier);
                state = harness.checkpoint(i);
                long last = streams(i < 2 ? first : first + 380, first + 400);
                assertThat(harness.writeBacks() - before).isEqualTo(ahead + last);
            }
            pieced.addAll(harness.contents());
        }
        try (InferenceHarness harness = setup.restored(state).open()) {
            harness.process(EVENTS.subList(1_200, EVENTS.size()));
            harness.endInput();
            pieced.addAll(harness.contents());
        }
        assertThat(pieced).isEqualTo(undisturbed());
    }

    private static long streams(int from, int to) {
        return EVENTS.subList(from, to).stream().map(StreamEvent::streamId).distinct().count();
    }

    @Test
    void rescalingTwoOneThreeChangesNothing() throws Exception {
        int third = EVENTS.size() / 3;
        List<Object> outputs = new ArrayList<>();
        OperatorSubtaskState state = phase(EVENTS.subList(0, third), 1, 2, null, outputs);
        state = phase(EVENTS.subList(third, 2 * third), 2, 1, state, outputs);
        phase(EVENTS.subList(2 * third, EVENTS.size()), 1, 3, state, outputs);
        assertThat(outputs).containsExactlyInAnyOrderElementsOf(undisturbed());
    }

    /** Runs events at a parallelism, each subtask seeing the keys that Flink would give it. */
    private static OperatorSubtaskState phase(
            List<StreamEvent> events,
            int before,
            int parallelism,
            OperatorSubtaskState state,
            List<Object> outputs)
            throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[parallelism];
        for (int subtask = 0; subtask < parallelism; subtask++) {
            InferenceHarness.Setup setup = InferenceHarness.with().subtask(subtask, parallelism);
            if (state != null) {
                setup.restored(
                        InferenceHarness.repartitionOperatorState(
                                state,
                                InferenceHarness.MAX_PARALLELISM,
                                before,
                                parallelism,
                                subtask));
            }
            try (InferenceHarness harness = setup.open()) {
                for (StreamEvent event : events) {
                    if (subtaskOf(event, parallelism) == subtask) {
                        harness.process(event);
                    }
                }
                states[subtask] = harness.checkpoint(1);
                outputs.addAll(harness.contents());
            }
        }
        return InferenceHarness.repackageState(states);
    }

    private static int subtaskOf(StreamEvent event, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                event.streamId(), InferenceHarness.MAX_PARALLELISM, parallelism);
    }

    @Test
    void duplicatesAreStillKnownAfterRestore() throws Exception {
        OperatorSubtaskState state;
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(EVENTS.subList(0, 200));
            state = harness.checkpoint(1);
        }
        try (InferenceHarness harness = InferenceHarness.with().restored(state).open()) {
            harness.process(EVENTS.subList(150, 250));
            harness.endInput();
            assertThat(harness.contents()).isEqualTo(undisturbed().subList(200, 250));
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(50);
        }
    }

    @Test
    void anotherModelsStateIsRefusedByName() throws Exception {
        OperatorSubtaskState state = stateOf(1);
        try (InferenceHarness harness =
                InferenceHarness.with().model(() -> TestModels.seeded(2)).restored(state).open()) {
            StreamEvent next = EVENTS.get(200);
            assertThatThrownBy(() -> harness.process(next))
                    .isInstanceOf(ModelMismatchException.class)
                    .hasMessageContaining(next.streamId())
                    .hasMessageContaining("oxbow.state.on-model-change");
        }
    }

    @Test
    void anotherModelsStateIsStartedAnewIfAskedFor() throws Exception {
        List<StreamEvent> next = EVENTS.subList(200, 260);
        List<Object> fresh;
        try (InferenceHarness harness =
                InferenceHarness.with().model(() -> TestModels.seeded(2)).open()) {
            harness.process(next);
            harness.endInput();
            fresh = withoutVersion(harness.contents());
        }
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .model(() -> TestModels.seeded(2))
                        .option(OxbowOptions.STATE_ON_MODEL_CHANGE, OnModelChange.RESET)
                        .restored(stateOf(1))
                        .open()) {
            harness.process(EVENTS.subList(190, 260));
            harness.endInput();
            assertThat(withoutVersion(harness.contents())).isEqualTo(fresh);
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(10);
        }
    }

    private static OperatorSubtaskState stateOf(long model) throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with().model(() -> TestModels.seeded(model)).open()) {
            harness.process(EVENTS.subList(0, 200));
            return harness.checkpoint(1);
        }
    }

    private static List<Object> withoutVersion(List<Object> contents) {
        return contents.stream()
                .map(c -> (Object) c.toString().replaceAll("stateVersion=\\d+", ""))
                .toList();
    }

    private static List<Object> undisturbed() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(EVENTS);
            harness.endInput();
            return harness.contents();
        }
    }
}
