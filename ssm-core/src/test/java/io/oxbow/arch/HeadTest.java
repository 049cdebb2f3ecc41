package io.oxbow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import io.oxbow.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadTest {

    @Test
    void softmaxOfTheLogitsSumsToOne() {
        SsmModel model =
                SampleModels.mamba1(Map.of("head", "logits", "head-activation", "softmax"));
        OutputLayout.Field head = model.plan().outputs().field(OutputLayout.HEAD).orElseThrow();

        try (ModelRun run = new ModelRun(model.plan(), 1)) {
            float[] outputs = run.feed(1, -1, 2, 0.5f, 0, 1);
            double sum = 0;
            for (int i = 0; i < head.width(); i++) {
                sum += outputs[head.offset() + i];
            }
            assertThat(head.width()).isEqualTo(7);
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void tokenModelsTakeIdsAndGiveLogits() {
        SsmModel model = SampleModels.mamba1(Map.of("input", "tokens"));

        assertThat(model.inputDim()).isEqualTo(1);
        assertThat(model.plan().outputs().field(OutputLayout.HEAD)).isPresent();
        try (ModelRun run = new ModelRun(model.plan(), 3)) {
            assertThat(run.feed(0, 6, 3)).doesNotContain(Float.NaN);
            assertThat(run.feed(7)).contains(Float.NaN);
        }
    }

    @Test
    void aHeadMayBeLeftOut() {
        SsmModel model = SampleModels.s4d(Map.of("head", "none"));

        assertThat(model.plan().outputs().field(OutputLayout.HEAD)).isEmpty();
    }

    @Test
    void aReadoutFromAFileGoesBeforeTheModelsOwn(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"N\": 2}");
        Path readout = folder.resolve("readout.safetensors");
        Files.write(readout, readout(10, 1, 0.5f));

        SsmModel model =
                Architectures.load(
                        folder.toString(),
                        ModelFiles.local(),
                        Map.of("readout", readout.toString()));
        try (ModelRun run = new ModelRun(model.plan(), 1)) {
            float[] outputs = run.feed(3);
            assertThat(outputs).containsExactly(3, 0, 30.5f);
        }
    }

    @Test
    void aReadoutOfAnotherWidthIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"N\": 3}");
        Path readout = folder.resolve("readout.safetensors");
        Files.write(readout, readout(10, 1, 0.5f));

        assertThatThrownBy(
                        () ->
                                Architectures.load(
                                        folder.toString(),
                                        ModelFiles.local(),
                                        Map.of("readout", readout.toString())))
                .isInstanceOf(ModelException.class)
                .hasCauseInstanceOf(SafetensorsException.class)
                .hasMessageContaining(
                        "tensor 'readout.weight' is [1, 2] where [1, 3] was expected");
    }

    /** A linear layer of two inputs and one output. */
    private static byte[] readout(float first, float second, float bias) {
        byte[] header =
                ("{\"weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                                + "\"bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}")
                        .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .putFloat(first)
                .putFloat(second)
                .putFloat(bias)
                .array();
    }
}
