package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import io.oxbow.plan.EvidenceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The built-in model in the operator, as a job without a model of its own runs it. */
class MemoryModelInferenceTest {
    private static final int CUT = 333;

    private static InferenceHarness.Setup memory(int maxTokens) {
        Configuration options = new Configuration();
        options.set(OxbowOptions.MODEL_INPUT_DIM, TestModels.INPUT_DIM);
        return InferenceHarness.with()
                .model(ReferencedModel.of(options))
                .option(OxbowOptions.BATCH_MAX_TOKENS, maxTokens);
    }

    @Test
    void everyEventIsScoredAndNoStateBreaks() throws Exception {
        List<StreamEvent> events = events();
        try (InferenceHarness harness = memory(64).open()) {
            harness.process(events);
            harness.endInput();
            List<StreamSignal> signals = harness.extractOutputValues();
            assertThat(signals).hasSize(events.size()).allMatch(s -> s instanceof Inference);
            assertThat(signals)
                    .extracting(s -> ((Inference) s).score())
                    .allMatch(score -> score >= 0 && score <= 1);
            assertThat(((Inference) signals.get(events.size() - 1)).forecast())
                    .hasSize(TestModels.INPUT_DIM)
                    .doesNotContain(Float.NaN);
        }
    }

    @Test
    void unusualEventsCarryTheirEvidenceAndOthersNone() throws Exception {
        try (InferenceHarness harness = memory(64).open()) {
            harness.process(events());
            harness.endInput();
            int unusual = 0;
            for (StreamSignal signal : harness.extractOutputValues()) {
                Inference said = (Inference) signal;
                boolean is = said.pValue() <= 0.05f || said.score() > 0.5f;
                assertThat(said.evidence()).hasSize(is ? 2 * EvidenceKind.values().length : 0);
                unusual += is ? 1 : 0;
            }
            assertThat(unusual).isPositive();
        }
    }

    @Test
    void aQuestionAboutTheFutureTakesAlongWhatTheModelExpects() throws Exception {
        Query ask = new Query("q", "gate", "", "forecast", 0, 0, 0, 0, 0, 0, "");
        Query other = new Query("q", "gate", "", "history", 0, 0, 0, 0, 0, 0, "");
        try (InferenceHarness harness = memory(64).open()) {
            harness.process(ask);
            int horizon = MemoryConfig.HORIZON;
            for (int t = 0; t <= horizon; t++) {
                float[] values = new float[TestModels.INPUT_DIM];
                Arrays.fill(values, 5);
                harness.process(TestStreams.event("gate", t, t * 60_000L, values));
                if (t == horizon - 1) {
                    harness.process(ask);
                }
            }
            harness.process(ask);
            harness.process(other);
            List<StreamSignal> signals = harness.extractOutputValues();
            assertThat(signals.get(0)).as("unknown").isEqualTo(ask);
            assertThat(signals.get(1 + horizon)).as("too young").isEqualTo(ask);
            Foresight foresight = (Foresight) signals.get(signals.size() - 2);
            assertThat(foresight.query()).isEqualTo(ask);
            assertThat(foresight.horizon()).isEqualTo(horizon);
            assertThat(foresight.expected()).hasSize(horizon * TestModels.INPUT_DIM);
            for (int i = 0; i < foresight.expected().length; i++) {
                assertThat(foresight.expected()[i]).isCloseTo(5, within(0.01f));
                assertThat(foresight.low()[i]).isLessThanOrEqualTo(foresight.high()[i]);
            }
            assertThat(signals.get(signals.size() - 1)).isEqualTo(other);
        }
    }

    @Test
    void neitherCutsNorARestoreChangeABit() throws Exception {
        List<StreamEvent> events = events();
        List<Object> oneByOne;
        try (InferenceHarness harness = memory(1).open()) {
            harness.process(events);
            oneByOne = harness.contents();
        }
        List<Object> pieced = new ArrayList<>();
        OperatorSubtaskState state;
        try (InferenceHarness harness = memory(50).open()) {
            harness.process(events.subList(0, CUT));
            state = harness.checkpoint(1);
            pieced.addAll(harness.contents());
        }
        try (InferenceHarness harness = memory(200).restored(state).open()) {
            harness.process(events.subList(CUT, events.size()));
            harness.endInput();
            pieced.addAll(harness.contents());
        }
        assertThat(pieced).isEqualTo(oneByOne);
    }

    /** Ordinary events, and some of a size that squares to infinity. */
    private static List<StreamEvent> events() {
        List<StreamEvent> events = new ArrayList<>(TestStreams.events(31, 3, 700));
        for (int i = 50; i < events.size(); i += 97) {
            StreamEvent event = events.get(i);
            events.set(
                    i,
                    TestStreams.event(
                            event.streamId(),
                            ((Observation) event).seq(),
                            event.eventTime(),
                            TestModels.OVERFLOWING,
                            -TestModels.OVERFLOWING,
                            0));
        }
        return events;
    }
}
