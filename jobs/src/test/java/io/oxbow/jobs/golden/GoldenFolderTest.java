package io.oxbow.jobs.golden;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.scalar.ScalarBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenFolderTest {

    private static Optional<Path> golden() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/golden");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        System.out.println("skipped: no ../shared/golden beside the project");
        return Optional.empty();
    }

    static Stream<GoldenCase> cases() {
        return golden().map(
                        folder -> {
                            try {
                                return GoldenFolder.cases(folder).stream();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .orElseGet(Stream::empty);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void agreesWithTheReference(GoldenCase golden) {
        GoldenResult result = golden.run(new ScalarBackend());

        assertThat(result.ok()).as(result.text()).isTrue();
    }

    @Test
    void brokenFilesAreFailedCasesNotCrashes(@TempDir Path copy) throws IOException {
        Optional<Path> source = golden().map(folder -> folder.resolve("s4d"));
        Assumptions.assumeTrue(source.isPresent(), "no ../shared/golden");
        Files.copy(source.get().resolve("config.json"), copy.resolve("config.json"));
        Files.copy(source.get().resolve("io.safetensors"), copy.resolve("io.safetensors"));
        byte[] weights = Files.readAllBytes(source.get().resolve("model.safetensors"));
        Files.write(copy.resolve("model.safetensors"), Arrays.copyOf(weights, weights.length - 10));
        Files.writeString(copy.resolve("stray.safetensors"), "not what it says");

        List<GoldenResult> results =
                GoldenFolder.cases(copy).stream().map(c -> c.run(new ScalarBackend())).toList();

        assertThat(results).extracting(GoldenResult::ok).containsExactly(false, false);
        assertThat(results)
                .extracting(GoldenResult::error)
                .anySatisfy(e -> assertThat(e).contains("cut short"))
                .anySatisfy(e -> assertThat(e).contains("stray.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
    void aReferenceThatIsNoNumberIsMetByNothing(float damage, @TempDir Path folder)
            throws IOException {
        byte[] header =
                ("{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
                                + "\"sigmoid_f32\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,32]}}")
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 32).order(LITTLE_ENDIAN);
        file.putLong(header.length).put(header).position(8 + header.length + 16);
        for (int i = 0; i < 4; i++) {
            file.putFloat(i == 3 ? damage : 0.5f);
        }
        Files.write(folder.resolve("functions.safetensors"), file.array());

        GoldenResult result = GoldenFolder.cases(folder).get(0).run(new ScalarBackend());

        assertThat(result.error()).isNull();
        assertThat(result.ok()).as(result.text()).isFalse();
    }

    /** Only under other names, and with a field that its authors' own code does not obey. */
    @Test
    void theReferenceDecidesWhatAConfigLeavesOpen(@TempDir Path copy) throws IOException {
        Optional<Path> source = golden().map(folder -> folder.resolve("mamba2"));
        Assumptions.assumeTrue(source.isPresent(), "no ../shared/golden");
        Path folder = Files.createDirectory(copy.resolve("hf"));
        Files.copy(source.get().resolve("io.safetensors"), copy.resolve("io.safetensors"));
        Files.copy(
                source.get().resolve("hf/model.safetensors"), folder.resolve("model.safetensors"));
        String config = Files.readString(source.get().resolve("hf/config.json"));
        assertThat(config).contains("\"norm_before_gate\": false");
        Files.writeString(
                folder.resolve("config.json"),
                config.replace("\"norm_before_gate\": false", "\"norm_before_gate\": true"));

        List<GoldenResult> results =
                GoldenFolder.cases(copy).stream().map(c -> c.run(new ScalarBackend())).toList();

        assertThat(results).hasSize(2).allMatch(GoldenResult::ok);
        assertThat(results).extracting(GoldenResult::reading).containsOnlyNulls();

        Files.writeString(
                folder.resolve("config.json"),
                config.replace(
                        "\"norm_before_gate\": false",
                        "\"norm_before_gate\": true, \"norm_order\": \"norm-first\""));
        assertThat(GoldenFolder.cases(copy).get(0).run(new ScalarBackend()).ok()).isFalse();
    }

    /** A state that does not survive must be seen: the references differ by more than 1. */
    @Test
    void aWrongReferenceIsAFailure(@TempDir Path copy) throws IOException {
        Optional<Path> source = golden().map(folder -> folder.resolve("hippo"));
        Assumptions.assumeTrue(source.isPresent(), "no ../shared/golden");
        Files.copy(source.get().resolve("config.json"), copy.resolve("config.json"));
        Files.copy(
                source.get().resolve("legt-zoh.safetensors"), copy.resolve("fout-zoh.safetensors"));

        GoldenResult result = GoldenFolder.cases(copy).get(0).run(new ScalarBackend());

        assertThat(result.error()).isNull();
        assertThat(result.ok()).isFalse();
        assertThat(result.outputMaxAbs()).isGreaterThan(0.1);
    }
}
