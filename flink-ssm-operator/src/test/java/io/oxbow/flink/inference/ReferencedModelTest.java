package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.arch.ModelException;
import io.oxbow.arch.ModelFiles;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencedModelTest {
    @TempDir private Path folder;
    private final Configuration options = new Configuration();

    @BeforeEach
    void writeModel() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"order\": 6,"
                        + " \"input_dim\": 2}");
    }

    @Test
    void aModelIsLoadedThroughFlinksFileSystems() throws Exception {
        options.set(OxbowOptions.MODEL_URI, folder.toUri().toString());
        ModelSource shipped = InstantiationUtil.clone(ReferencedModel.of(options));
        SsmModel model = shipped.load();
        assertThat(model.architecture()).isEqualTo("hippo");
        assertThat(model.inputDim()).isEqualTo(2);
        options.set(OxbowOptions.MODEL_URI, folder.toString());
        assertThat(ReferencedModel.of(options).load().plan().layout())
                .isEqualTo(model.plan().layout());
    }

    @Test
    void narrowWeightsMakeItAnotherModel() throws Exception {
        options.set(OxbowOptions.MODEL_URI, folder.toString());
        SsmModel model = ReferencedModel.of(options).load();
        options.set(OxbowOptions.MODEL_WEIGHTS, WeightFormat.F32);
        assertThat(ReferencedModel.of(options).load().fingerprint()).isEqualTo(model.fingerprint());
        options.set(OxbowOptions.MODEL_WEIGHTS, WeightFormat.BF16);
        SsmModel narrow = InstantiationUtil.clone(ReferencedModel.of(options)).load();
        assertThat(narrow.fingerprint()).isNotEqualTo(model.fingerprint());
        assertThat(narrow.plan().layout()).isEqualTo(model.plan().layout());
    }

    @Test
    void aMissingModelIsNamed() {
        options.set(OxbowOptions.MODEL_URI, folder.resolve("elsewhere").toString());
        assertThatThrownBy(() -> ReferencedModel.of(options).load())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("elsewhere");
    }

    @Test
    void aFileSystemFlinkDoesNotKnowIsNamed() {
        options.set(OxbowOptions.MODEL_URI, "gopher://host/model");
        assertThatThrownBy(() -> ReferencedModel.of(options).load())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gopher");
    }

    @Test
    void aDigestWithoutWeightsToCompareIsRefused() {
        options.set(OxbowOptions.MODEL_URI, folder.toString());
        options.set(OxbowOptions.MODEL_SHA256, "AB".repeat(32));
        assertThatThrownBy(() -> ReferencedModel.of(options).load())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("oxbow.model.sha256");
    }

    @Test
    void optionsThatMakeNoSenseAreRefusedWhenTheJobIsMade() {
        options.set(OxbowOptions.MODEL_SHA256, "abc");
        assertThatThrownBy(() -> ReferencedModel.of(options))
                .hasMessageContaining("oxbow.model.sha256 is 'abc'");
        options.removeConfig(OxbowOptions.MODEL_SHA256);
        options.set(OxbowOptions.MODEL_INPUT_DIM, 0);
        assertThatThrownBy(() -> ReferencedModel.of(options))
                .hasMessageContaining("oxbow.model.input-dim is 0");
    }

    @Test
    void weightsAreComparedWithTheirDigestWhileTheyAreRead() throws Exception {
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = new byte[100_000];
        Files.write(weights, bytes);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        VerifiedModelFiles right = new VerifiedModelFiles(new FlinkModelFiles(), digest);
        try (ModelFiles.Content content = right.open(weights.toString())) {
            assertThat(content.length()).isEqualTo(bytes.length);
            assertThat(content.stream().readNBytes(1_000)).hasSize(1_000);
        }
        assertThat(right.verified()).isTrue();

        bytes[99_999] = 1;
        Files.write(weights, bytes);
        VerifiedModelFiles wrong = new VerifiedModelFiles(new FlinkModelFiles(), digest);
        ModelFiles.Content content = wrong.open(weights.toString());
        content.stream().readAllBytes();
        assertThatThrownBy(content::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(digest);
        assertThat(wrong.verified()).isFalse();
    }
}
