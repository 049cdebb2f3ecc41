package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.testing.TestStreams;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints taken by earlier state formats go on with the outputs they had then.
 *
 * <p>Each format has two resources: a checkpoint after the first 300 events, and what was said of
 * the next 100, one line each; a field that came later is added to the lines, at its default.
 * {@code -Doxbow.stored-state.write=FOLDER} makes them for the format of today, once, when it is
 * new.
 */
class StoredStateTest {
    private static final List<StreamEvent> EVENTS = TestStreams.events(77, 12, 400);
    private static final int CUT = 300;
    private static final int TODAY = 1;

    @ParameterizedTest
    @ValueSource(ints = TODAY)
    void theNextOutputsAreThoseOfThen(int format) throws Exception {
        String folder = System.getProperty("oxbow.stored-state.write");
        if (format == TODAY && folder != null) {
            write(Path.of(folder));
        }
        OperatorSubtaskState stored =
                OperatorSnapshotUtil.readStateHandle(
                        Path.of(resource("inference-v" + format + ".checkpoint").toURI())
                                .toString());
        List<String> expected =
                Files.readAllLines(Path.of(resource("inference-v" + format + ".outputs").toURI()));
        try (InferenceHarness harness = scalar().restored(stored).open()) {
            harness.process(EVENTS.subList(CUT, EVENTS.size()));
            harness.endInput();
            assertThat(lines(harness)).isEqualTo(expected).hasSize(EVENTS.size() - CUT);
        }
    }

    private static void write(Path folder) throws Exception {
        try (InferenceHarness harness = scalar().open()) {
            harness.process(EVENTS.subList(0, CUT));
            OperatorSubtaskState state = harness.checkpoint(1);
            int before = harness.contents().size();
            OperatorSnapshotUtil.writeStateHandle(
                    state, folder.resolve("inference-v" + TODAY + ".checkpoint").toString());
            harness.process(EVENTS.subList(CUT, EVENTS.size()));
            harness.endInput();
            Files.write(
                    folder.resolve("inference-v" + TODAY + ".outputs"),
                    lines(harness).subList(before, EVENTS.size()));
        }
    }

    private static InferenceHarness.Setup scalar() {
        return InferenceHarness.with().option(OxbowOptions.COMPUTE_BACKEND, "scalar");
    }

    private static List<String> lines(InferenceHarness harness) {
        return harness.contents().stream().map(Object::toString).toList();
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(
                StoredStateTest.class.getResource("/stored-state/" + name), name);
    }
}
