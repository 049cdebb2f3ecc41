package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.ModelException;
import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.state.OnModelChange;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelGateTest {
    private static final SsmModel OTHER_LAYOUT =
            MemoryModel.build(MemoryConfig.forChannels(TestModels.INPUT_DIM, 2));

    private final Configuration options = new Configuration();

    /** The test's models by their address. */
    private static SsmModel model(String uri) {
        return switch (uri) {
            case "other layout" -> OTHER_LAYOUT;
            case "wide" -> MemoryModel.build(MemoryConfig.forChannels(5, 2));
            case "other encoder" -> {
                SsmModel same = TestModels.seeded(9);
                yield new SsmModel(
                        same.name(),
                        same.architecture(),
                        same.plan(),
                        same.timeMode(),
                        same.fingerprint(),
                        OptionalLong.of(TestModels.ENCODER + 1));
            }
            case "broken" -> throw new ModelException("model 'broken' ends amid its weights");
            default -> TestModels.seeded(Long.parseLong(uri));
        };
    }

    private Harness open(OperatorSubtaskState restored) throws Exception {
        return open(() -> TestModels.seeded(1), update -> () -> model(update.uri()), restored);
    }

    private Harness open(ModelSource first, OfferedModels offered, OperatorSubtaskState restored)
            throws Exception {
        Harness harness =
                new Harness(
                        new ModelGate(
                                first,
                                offered,
                                InferenceSettings.of(options, VectorMeanings.NONE)));
        harness.setup(EventTypes.MODEL_VERDICT.createSerializer(new SerializerConfigImpl()));
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
        return harness;
    }

    private static final class Harness
            extends OneInputStreamOperatorTestHarness<ModelUpdate, ModelVerdict> {
        private Harness(ModelGate gate) throws Exception {
            super(gate, 1, 1, 0);
        }

        /** Says no {@link InterruptedException}, of which the compiler warns in a resource. */
        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (Exception e) {
                throw new IOException("the operator did not close", e);
            }
        }
    }

    /** The verdicts on models offered one after another. */
    private List<ModelVerdict> verdicts(String... uris) throws Exception {
        try (var harness = open(null)) {
            for (int i = 0; i < uris.length; i++) {
                harness.processElement(SwapHarness.update(i + 1, uris[i]), 0);
            }
            harness.endInput();
            return harness.extractOutputValues();
        }
    }

    @Test
    void aModelOfTheSameLayoutIsLetThroughAndNamesTheOneBefore() throws Exception {
        List<ModelVerdict> verdicts = verdicts("2", "3");
        assertThat(verdicts)
                .extracting(ModelVerdict::outcome)
                .containsExactly(Outcome.KEEPS_STATES, Outcome.KEEPS_STATES);
        assertThat(verdicts).extracting(ModelVerdict::fingerprint).containsExactly(2L, 3L);
        assertThat(verdicts).extracting(ModelVerdict::replaced).containsExactly(1L, 2L);
    }

    @Test
    void aBrokenModelIsRefusedInASentenceAndTheNextIsTried() throws Exception {
        List<ModelVerdict> verdicts = verdicts("broken", "2");
        assertThat(verdicts)
                .extracting(ModelVerdict::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.KEEPS_STATES);
        assertThat(verdicts.get(0).text()).isEqualTo("model 'broken' ends amid its weights");
        assertThat(verdicts.get(1).replaced()).isEqualTo(1L);
    }

    @Test
    void anotherLayoutIsRefusedUnlessStatesMayBeginAnew() throws Exception {
        assertThat(verdicts("other layout"))
                .singleElement()
                .satisfies(
                        verdict -> {
                            assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
                            assertThat(verdict.text())
                                    .contains("oxbow.state.on-model-change")
                                    .contains("memory")
                                    .contains("test");
                        });
        options.set(OxbowOptions.STATE_ON_MODEL_CHANGE, OnModelChange.RESET);
        assertThat(verdicts("other layout", "2"))
                .extracting(ModelVerdict::outcome)
                .containsExactly(Outcome.RESETS_STATES, Outcome.RESETS_STATES);
    }

    @Test
    void aModelThatCannotTakeTheJobsEventsIsRefused() throws Exception {
        options.set(OxbowOptions.STATE_ON_MODEL_CHANGE, OnModelChange.RESET);
        List<ModelVerdict> verdicts = verdicts("wide", "other encoder");
        assertThat(verdicts).extracting(ModelVerdict::outcome).containsOnly(Outcome.REFUSED);
        assertThat(verdicts.get(0).text()).contains("5 values").contains("3");
        assertThat(verdicts.get(1).text()).contains("encoder 000000000000abce");
    }

    @Test
    void theModelTheJobHasIsNoNews() throws Exception {
        assertThat(verdicts("1", "2", "2"))
                .extracting(ModelVerdict::outcome)
                .containsExactly(Outcome.UNCHANGED, Outcome.KEEPS_STATES, Outcome.UNCHANGED);
    }

    @Test
    void versionsMustRise() throws Exception {
        try (var harness = open(null)) {
            harness.processElement(SwapHarness.update(7, "2"), 0);
            harness.processElement(SwapHarness.update(7, "3"), 0);
            harness.processElement(SwapHarness.update(8, "3"), 0);
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(ModelVerdict::outcome)
                    .containsExactly(Outcome.KEEPS_STATES, Outcome.REFUSED, Outcome.KEEPS_STATES);
        }
    }

    @Test
    void aRestoredGateKnowsTheModelAndDecidesWhatWaited() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(null)) {
            harness.processElement(SwapHarness.update(1, "2"), 0);
            harness.getTaskMailbox().take(0).run();
            harness.processElement(SwapHarness.update(2, "broken"), 0);
            harness.processElement(SwapHarness.update(3, "3"), 0);
            state = harness.snapshot(1, 1);
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
        try (var harness = open(state)) {
            harness.endInput();
            List<ModelVerdict> verdicts = harness.extractOutputValues();
            assertThat(verdicts)
                    .extracting(ModelVerdict::outcome)
                    .containsExactly(Outcome.REFUSED, Outcome.KEEPS_STATES);
            assertThat(verdicts.get(1).replaced()).isEqualTo(2L);
        }
    }

    @Test
    void filesMustHaveTheDigestThatWasSaid(@TempDir Path folder) throws Exception {
        Path first = hippo(folder.resolve("first"));
        Path second = hippo(folder.resolve("second"));
        byte[] noTensors = new byte[10];
        noTensors[0] = 2;
        noTensors[8] = '{';
        noTensors[9] = '}';
        Files.write(second.resolve("model.safetensors"), noTensors);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(noTensors));
        options.set(OxbowOptions.MODEL_URI, first.toString());
        ReferencedModel referenced = ReferencedModel.of(options);
        try (var harness = open(referenced, referenced, null)) {
            harness.processElement(offer(1, second, "ab".repeat(32)), 0);
            harness.processElement(offer(2, second, "no digest"), 0);
            harness.processElement(offer(3, folder.resolve("none"), ""), 0);
            harness.processElement(offer(4, second, digest), 0);
            harness.endInput();
            List<ModelVerdict> verdicts = harness.extractOutputValues();
            assertThat(verdicts)
                    .extracting(ModelVerdict::outcome)
                    .containsExactly(
                            Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.UNCHANGED);
            assertThat(verdicts.get(0).text()).contains("has the SHA-256 " + digest);
            assertThat(verdicts.get(1).text()).contains("64 hexadecimal digits");
            assertThat(verdicts.get(2).text()).contains("there is no model");
        }
    }

    private static ModelUpdate offer(long version, Path folder, String sha256) {
        return new ModelUpdate("model", version, folder.toString(), sha256, 0, Origin.NONE);
    }

    private static Path hippo(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"order\": 6,"
                        + " \"input_dim\": 2}");
        return folder;
    }
}
