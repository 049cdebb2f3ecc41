package io.oxbow.flink.inference;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.KernelException;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.testing.AsideBackend;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel with a device of its own: the next batch fills while one runs. */
class AsideInferenceTest {

    @AfterEach
    void free() {
        AsideBackend.free();
    }

    private static InferenceHarness.Setup pairs() {
        return InferenceHarness.with()
                .option(OxbowOptions.COMPUTE_BACKEND, "aside")
                .option(OxbowOptions.BATCH_MAX_TOKENS, 2)
                .option(OxbowOptions.BATCH_DRAIN_WHEN_IDLE, false);
    }

    @Test
    void eventsAreTakenWhileABatchRunsAndItsResultsComeByMail() throws Exception {
        AsideBackend.hold();
        try (InferenceHarness harness = pairs().open()) {
            harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
            harness.process(event("a", 1, 3, 1, 0, 0));
            assertThat(harness.getOutput()).isEmpty();

            AsideBackend.permit();
            harness.takeMail();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> s.streamId() + s.eventTime())
                    .containsExactly("a1", "b2");

            AsideBackend.permit();
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> s.streamId() + s.eventTime())
                    .containsExactly("a1", "b2", "a3");
        }
    }

    @Test
    void theBarrierFollowsTheResultsOfBothBatches() throws Exception {
        AsideBackend.hold();
        try (InferenceHarness harness = pairs().open()) {
            harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
            harness.process(event("a", 1, 3, 1, 0, 0));
            AsideBackend.permit();
            AsideBackend.permit();
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.getOutput()).hasSize(3);
            // What was told by mail has been put out since.
            while (harness.hasMail()) {
                harness.takeMail();
            }
            assertThat(harness.getOutput()).hasSize(3);
        }
    }

    @Test
    void aBatchThatFailsFailsTheTask() throws Exception {
        AsideBackend.hold();
        AsideBackend.fail(true);
        InferenceHarness harness = pairs().open();
        harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
        AsideBackend.permit();
        assertThatThrownBy(harness::takeMail)
                .isInstanceOf(KernelException.class)
                .hasMessage("the device is lost");
        assertThat(harness.getOutput()).isEmpty();
        assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                .isInstanceOf(KernelException.class);
        // The harness ends its input before it closes.
        assertThatThrownBy(harness::close).hasRootCauseInstanceOf(KernelException.class);
        assertThat(harness.getOutput()).isEmpty();
    }

    @Test
    void aTaskThatEndsWaitsForItsBatch() throws Exception {
        AsideBackend.hold();
        InferenceHarness harness = pairs().open();
        harness.process(List.of(event("a", 0, 1, 1, 0, 0), event("b", 0, 2, 1, 0, 0)));
        Thread later =
                new Thread(
                        () -> {
                            try {
                                Thread.sleep(200);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            AsideBackend.permit();
                        });
        long start = System.nanoTime();
        later.start();
        harness.close();
        assertThat(System.nanoTime() - start).isGreaterThan(150_000_000L);
        later.join();
    }

    @ParameterizedTest
    @CsvSource({"1, 1048576", "7, 1048576", "64, 1048576", "16, 4000", "16, 0"})
    void resultsAreThoseOfAKernelWithoutADevice(int maxTokens, long memory) throws Exception {
        List<StreamEvent> events = new ArrayList<>(TestStreams.events(8, 300, 3_000));
        Random random = new Random(6);
        for (int i = 0; i < events.size(); i++) {
            if (random.nextInt(50) == 0 && events.get(i) instanceof Observation o) {
                events.set(
                        i,
                        event(
                                o.streamId(),
                                o.seq(),
                                o.eventTime(),
                                TestModels.OVERFLOWING,
                                -TestModels.OVERFLOWING,
                                1));
            }
        }
        List<Object> expected = run("scalar", events, maxTokens, memory);
        assertThat(expected.toString()).contains("StateReset");
        assertThat(run("aside", events, maxTokens, memory)).isEqualTo(expected);
    }

    private static List<Object> run(
            String backend, List<StreamEvent> events, int maxTokens, long memory) throws Exception {
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.COMPUTE_BACKEND, backend)
                        .option(OxbowOptions.BATCH_MAX_TOKENS, maxTokens)
                        .option(OxbowOptions.STATE_RESIDENT_MEMORY, new MemorySize(memory))
                        .open()) {
            int mail = 0;
            for (StreamEvent event : events) {
                harness.process(event);
                if (mail++ % 5 == 0 && harness.hasMail()) {
                    harness.takeMail();
                }
            }
            harness.endInput();
            assertThat(harness.contents()).hasSize(events.size());
            return harness.contents();
        }
    }
}
