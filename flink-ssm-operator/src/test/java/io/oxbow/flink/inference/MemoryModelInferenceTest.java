package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.util.ArrayList;
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
