package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that cannot be used is said in one sentence before it is offered to any job. */
class OddModelsTest {
    @TempDir private Path folder;

    private static CommandRun swap(Path model, String... more) {
        String[] arguments = {
            "model", "swap", model.toString(), "--broker", "localhost:1", "--json"
        };
        return CommandRun.of(
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void aModelThatIsNotThereIsNotOffered() {
        assertThat(swap(folder.resolve("none")))
                .matches(run -> run.isMistakeAbout("there is no model"));
    }

    @Test
    void aModelOfAnotherDigestIsNotOffered() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\": \"hippo\", \"measure\": \"legs\", \"order\": 6}");
        Files.write(
                folder.resolve("model.safetensors"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        String other = "ab".repeat(32);
        assertThat(swap(folder, "--sha256", other)).matches(run -> run.isMistakeAbout(other));
        assertThat(swap(folder, "--sha256", "abc"))
                .matches(run -> run.isMistakeAbout("oxbow.model.sha256 is 'abc'"));
    }

    @Test
    void anAddressNoFileSystemKnowsIsNotOffered() {
        assertThat(CommandRun.of("model", "swap", "gopher://host/model", "--broker", "localhost:1"))
                .matches(run -> run.isMistakeAbout("gopher"));
    }
}
