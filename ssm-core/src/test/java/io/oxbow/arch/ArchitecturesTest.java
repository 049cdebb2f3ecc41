package io.oxbow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Linear;
import io.oxbow.plan.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
    @TempDir Path folder;

    @BeforeEach
    void writeConfig() throws IOException {
        write("config.json", "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"N\": 8}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private SsmModel load(Map<String, String> overrides) {
        return Architectures.load(folder.toString(), ModelFiles.local(), overrides);
    }

    static List<SsmArchitecture> all() {
        return Architectures.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyArchitectureIsFoundByItsName(SsmArchitecture architecture) {
        assertThat(Architectures.byName(architecture.name())).containsSame(architecture);
    }

    @Test
    void weightsAreKeptAsAskedFor() {
        SsmModel model = SampleModels.mamba1(Map.of("weights", "int8"));

        assertThat(model.plan().ops())
                .filteredOn(op -> op instanceof Linear)
                .isNotEmpty()
                .allMatch(op -> ((Linear) op).format() == WeightFormat.INT8);
        assertThatThrownBy(() -> SampleModels.mamba1(Map.of("weights", "int4")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'weights' must be one of f32, bf16, f16, int8");
    }

    @Test
    void loadsAModelWithoutWeights() {
        SsmModel model = load(Map.of("input-dim", "3"));

        assertThat(model.architecture()).isEqualTo("hippo");
        assertThat(model.inputDim()).isEqualTo(3);
        assertThat(model.timeMode()).isEqualTo(TimeMode.PER_EVENT);
        assertThat(model.plan().outputs().width()).isEqualTo(24);
    }

    @Test
    void theBuiltInModelTakesItsInputDimension() {
        SsmModel model = Architectures.load("memory", ModelFiles.local(), Map.of("input-dim", "5"));

        assertThat(model.architecture()).isEqualTo("memory");
        assertThat(model.inputDim()).isEqualTo(5);
    }

    @Test
    void theFingerprintFollowsConfigAndOverrides() throws IOException {
        long plain = load(Map.of()).fingerprint();

        assertThat(load(Map.of()).fingerprint()).isEqualTo(plain);
        assertThat(load(Map.of("input-dim", "2")).fingerprint()).isNotEqualTo(plain);
        write("config.json", "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"N\": 9}");
        assertThat(load(Map.of()).fingerprint()).isNotEqualTo(plain);
    }

    @Test
    void refusesOptionsThatTheModelDoesNotHave() {
        assertThatThrownBy(() -> load(Map.of("colour", "red")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("(hippo) has no option colour");
    }

    @Test
    void refusesPyTorchFilesAndTellsHowToConvert() throws IOException {
        write("pytorch_model.bin", "pickled");

        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("pytorch_model.bin")
                .hasMessageContaining("s.save_file(");
        assertThatThrownBy(() -> Architectures.load("weights.pt", ModelFiles.local(), Map.of()))
                .hasMessageContaining("convert them once with Python");
    }

    @Test
    void saysWhatIsMissingOrBroken() throws IOException {
        assertThatThrownBy(
                        () -> Architectures.load("/nowhere/at/all", ModelFiles.local(), Map.of()))
                .hasMessage("there is no model '/nowhere/at/all': neither a directory nor a file");
        write("config.json", "{\"model_type\": ");
        assertThatThrownBy(() -> load(Map.of()))
                .hasMessageContaining("config.json': a value was expected at line 1, column 16");
        write("config.json", "{\"model_type\": \"transformer\"}");
        assertThatThrownBy(() -> load(Map.of()))
                .hasMessageContaining("of no known architecture (model_type 'transformer')");
        write("model.safetensors", "short");
        assertThatThrownBy(() -> load(Map.of()))
                .hasMessageContaining("model.safetensors': a file of 5 bytes is too short");
    }

    @Test
    void loadsShardsThroughTheirIndex() throws IOException {
        SampleModels.writeLruShards(folder);

        LoadedModel loaded = LoadedModel.load(folder.toString(), ModelFiles.local(), Map.of());

        assertThat(loaded.model().architecture()).isEqualTo("lru");
        assertThat(loaded.weights().elements()).isEqualTo(4 * 15 + 3 + 3 * 5);
        assertThat(loaded.weights().unused()).isEmpty();
    }

    @Test
    void anIndexThatDisagreesWithItsShardsIsRefused() throws IOException {
        SampleModels.writeLruShards(folder);
        String index = Files.readString(folder.resolve("model.safetensors.index.json"));
        write("model.safetensors.index.json", index.replace("\"nu_log\"", "\"mu_log\""));

        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("disagree about [mu_log, nu_log]");
    }

    @Test
    void weightsThatLackAPromisedTensorAreRefused() {
        assertThatThrownBy(() -> SampleModels.mamba1(Map.of("n-layer", "3")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no tensor 'backbone.layers.2.norm.weight'");
    }

    @Test
    void aShardThatIsNotBesideTheIndexIsRefused() throws IOException {
        write("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../b.safetensors\"}}");

        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("names a shard that is not a safetensors file beside it");
    }
}
