package io.oxbow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models with one thing wrong: each is refused in a sentence that names it. */
class BrokenModelsTest {
    private static final String CONFIG =
            "{\"d_model\": 6, \"n_layer\": 2, \"vocab_size\": 7, \"ssm_cfg\": {\"layer\": \"Mamba1\","
                    + " \"d_state\": 4, \"d_conv\": 3, \"expand\": 3, \"dt_rank\": 3, \"bias\": true}}";

    @TempDir Path folder;

    @BeforeEach
    void writeAGoodModel() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.write(
                folder.resolve("model.safetensors"), SampleModels.mamba1Weights().file().array());
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(
                        () -> Architectures.load(folder.toString(), ModelFiles.local(), Map.of()))
                .isInstanceOf(ModelException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .hasMessageContainingAll(words);
    }

    @Test
    void theUnbrokenOneLoads() {
        assertThat(
                        Architectures.load(folder.toString(), ModelFiles.local(), Map.of())
                                .architecture())
                .isEqualTo("mamba1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"d_model\": 6       | \"d_model\": 7        | was expected",
                "\"d_model\": 6       | \"d_model\": -6       | must be a positive whole number",
                "\"d_model\": 6       | \"d_model\": 6.5      | must be a whole number",
                "\"d_model\": 6       | \"d_model\": \"6\"    | must be a whole number",
                "\"d_model\": 6       | \"d_model\": 2147483647 | at most 65536",
                "\"d_model\": 6,      | ''                    | of no known architecture",
                "\"n_layer\": 2       | \"n_layer\": 3        | no tensor",
                "\"n_layer\": 2       | \"n_layer\": 2147483647 | no tensor",
                "\"Mamba1\"           | \"Mamba9\"            | of no known architecture",
                "\"d_state\": 4       | \"d_state\": 1073741824 | at most 65536",
                "\"d_conv\": 3        | \"d_conv\": 0         | must be a positive whole number",
                "\"expand\": 3        | \"expand\": 0         | expand",
                "\"expand\": 3        | \"expand\": -3        | expand",
                "\"expand\": 3        | \"expand\": 1e300     | expand",
                "\"dt_rank\": 3       | \"dt_rank\": \"some\" | auto",
                "\"dt_rank\": 3       | \"dt_rank\": 2.5      | must be a whole number",
                "\"bias\": true       | \"bias\": 1           | must be true or false",
                "\"vocab_size\": 7    | \"attn_layer_idx\": [1] | attention layers",
                "\"vocab_size\": 7    | \"d_intermediate\": 9 | feed-forward",
                "\"vocab_size\": 7    | \"d_model\": 6        | appears twice"
            })
    void aConfigWithOneThingWrong(String good, String bad, String word) throws IOException {
        assertThat(CONFIG).contains(good);
        Files.writeString(folder.resolve("config.json"), CONFIG.replace(good, bad));

        assertRefused(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dtype\":\"F32\"         | \"dtype\":\"F12\"        | not supported",
                "norm.weight\":{\"dtype\":\"F32\" | norm.weight\":{\"dtype\":\"I32\" | not floating-point numbers",
                "\"dtype\":\"F32\"         | \"dtype\":\"F16\"        | bytes but its data_offsets span",
                "\"data_offsets\":[0,168]  | \"data_offsets\":[168,0] | not [begin, end]",
                "\"data_offsets\":[168,192] | \"data_offsets\":[164,188] | inside the tensor before it",
                "\"data_offsets\":[168,192] | \"data_offsets\":[172,196] | after a gap",
                "\"shape\":[7, 6]          | \"shape\":[6, 6]         | bytes but its data_offsets span",
                "\"shape\":[7, 6]          | \"shape\":[-7, 6]        | has the dimension -7",
                "\"shape\":[7, 6]          | \"shape\":[4294967296, 4294967296] | has the dimension",
                "layers.0.norm.weight      | layers.0.form.weight     | no tensor 'backbone.layers.0.norm.weight'"
            })
    void weightsWithOneThingWrong(String good, String bad, String word) throws IOException {
        ByteBuffer file = SampleModels.mamba1Weights().file();
        int length = (int) file.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        String header = new String(file.array(), 8, length, StandardCharsets.UTF_8);
        assertThat(header).contains(good);
        byte[] text =
                header.replaceFirst(Pattern.quote(good), bad).getBytes(StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(file.array(), 8 + length, file.array().length);
        Files.write(
                folder.resolve("model.safetensors"),
                ByteBuffer.allocate(8 + text.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(data)
                        .array());

        assertRefused(word);
    }

    @ParameterizedTest
    @CsvSource({
        "0x7fc00000, NaN",
        "0x7f800000, Infinity",
        "0xff800000, -Infinity",
    })
    void weightsThatAreNoNumbers(String bits, String word) throws IOException {
        ByteBuffer file = SampleModels.mamba1Weights().file().order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(file.capacity() - 8, Integer.parseUnsignedInt(bits.substring(2), 16));
        Files.write(folder.resolve("model.safetensors"), file.array());

        assertRefused("tensor 'backbone.", "holds " + word + " as its element");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encoder.weight | [5] | tensor 'encoder.weight' is [5] and has no axis 1",
                "encoder.weight | []  | tensor 'encoder.weight' is [] and has no axis 1",
                "decoder.weight | []  | tensor 'decoder.weight' is [] and has no axis 0"
            })
    void weightsWithTooFewAxes(String name, String shape, String sentence) throws IOException {
        int[] axes = shape.equals("[5]") ? new int[] {5} : new int[0];
        Files.write(
                folder.resolve("model.safetensors"),
                SampleModels.mamba1Weights().tensor(name, axes).file().array());

        assertRefused(sentence);
    }

    @ParameterizedTest
    @CsvSource({"0, too short", "8, cut short", "300, cut short", "-10, cut short"})
    void aFileCutShort(int kept, String word) throws IOException {
        byte[] whole = SampleModels.mamba1Weights().file().array();
        int length = kept < 0 ? whole.length + kept : kept;
        Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, length));

        assertRefused("model.safetensors", word);
    }

    @Test
    void aFolderWithoutWeightsSaysSo() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));

        assertRefused("model.safetensors");
    }

    @Test
    void anyPyTorchFileIsRefusedWithTheWayToConvertIt() throws IOException {
        Files.move(folder.resolve("model.safetensors"), folder.resolve("consolidated.00.pth"));

        assertRefused("consolidated.00.pth", "s.save_file(");
    }
}
