package io.oxbow.jobs.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oxbow.jobs.cli.UserMistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GoldenCommandsTest {

    /**
     * What a command did.
     *
     * @param mistake what it threw, or null
     */
    private record Outcome(int status, String out, Throwable mistake) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    /** Runs a command made while stdout is caught, because it takes stdout when it is made. */
    private static Outcome run(Class<?> command, String... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        AtomicReference<Throwable> mistake = new AtomicReference<>();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = new CommandLine(command);
            line.setExecutionExceptionHandler(
                    (failure, failed, parsed) -> {
                        mistake.set(failure);
                        return failure instanceof UserMistake ? 2 : 1;
                    });
            int status = line.execute(arguments);
            return new Outcome(status, caught.toString(StandardCharsets.UTF_8), mistake.get());
        } finally {
            System.setOut(before);
        }
    }

    private static Path hippo(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"N\": 8, \"input_dim\": 3}");
        return folder;
    }

    @Test
    void inspectTellsSizesAndCost(@TempDir Path folder) throws Exception {
        Outcome outcome = run(ModelCommand.class, "inspect", hippo(folder).toString(), "--json");

        assertThat(outcome.status()).isZero();
        JsonNode model = outcome.json();
        assertThat(model.get("architecture").asText()).isEqualTo("hippo");
        assertThat(model.get("inputDim").asInt()).isEqualTo(3);
        assertThat(model.get("stateBytes").asInt()).isEqualTo(2 * 4 * 3 * 8 + 8);
        assertThat(model.get("flopsPerEvent").asInt()).isEqualTo(12 * 3 * 8);
        assertThat(model.get("outputs").get("embedding").asInt()).isEqualTo(24);
        assertThat(model.get("refused")).isEmpty();
    }

    @Test
    void inspectTakesOptions(@TempDir Path folder) throws Exception {
        Outcome outcome =
                run(
                        ModelCommand.class,
                        "inspect",
                        hippo(folder).toString(),
                        "--json",
                        "--option",
                        "input-dim=2");

        assertThat(outcome.json().get("inputDim").asInt()).isEqualTo(2);
    }

    @Test
    void aModelThatIsRefusedIsAMistakeWithItsReason() throws Exception {
        Outcome outcome = run(ModelCommand.class, "inspect", "weights.bin", "--json");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.json().get("refused").asText()).contains("holds PyTorch weights");
    }

    @Test
    void checkingNothingIsAMistake(@TempDir Path folder) throws Exception {
        Outcome missing = run(CheckGoldenCommand.class, folder.resolve("nowhere").toString());
        Outcome empty = run(CheckGoldenCommand.class, folder.toString());
        Outcome backend = run(CheckGoldenCommand.class, folder.toString(), "--backend", "abacus");

        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.mistake()).hasMessageContaining("there is no folder");
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.mistake()).hasMessageContaining("there is no reference data");
        assertThat(backend.status()).isEqualTo(2);
        assertThat(backend.mistake()).hasMessageContaining("no compute backend 'abacus'");
    }

    @Test
    void aBrokenCaseIsOneFailedLineAndStatusOne(@TempDir Path folder) throws Exception {
        Files.writeString(hippo(folder).resolve("model.safetensors"), "no weights at all");
        Files.writeString(folder.resolve("io.safetensors"), "no numbers either");

        Outcome outcome = run(CheckGoldenCommand.class, folder.toString(), "--json");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out().lines()).hasSize(1);
        JsonNode result = outcome.json();
        assertThat(result.get("case").asText()).isNotBlank();
        assertThat(result.get("backend").asText()).isEqualTo("scalar");
        assertThat(result.get("ok").asBoolean()).isFalse();
        assertThat(result.get("error").asText()).contains("not a safetensors file");
    }
}
