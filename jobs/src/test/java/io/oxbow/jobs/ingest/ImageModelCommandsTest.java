package io.oxbow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.onnx.TinyOnnx;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders around an image model of one's own, from the command line. */
class ImageModelCommandsTest {
    private static final int FRAMES = 21;

    @TempDir private Path folder;
    private Path video;
    private Path model;
    private Path out;

    @BeforeEach
    void make() throws IOException {
        video = Recordings.video(folder.resolve("v.y4m"), FRAMES, 12, 21);
        model =
                Files.write(
                        folder.resolve("own.onnx"),
                        TinyOnnx.embedding(5, true, -1, 3, 24, 32).bytes());
        out = folder.resolve("out.csv");
    }

    private Outcome encode(String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("video", video.toString(), "--out", out.toString(), "--json"));
        for (String option : options) {
            arguments.addAll(List.of("-D", "oxbow.encoder." + option));
        }
        return Outcome.of(EncodeCommand.class, arguments.toArray(String[]::new));
    }

    private double[][] rows() throws IOException {
        List<String> lines = Files.readAllLines(out);
        return lines.subList(1, lines.size()).stream()
                .map(
                        row ->
                                Arrays.stream(row.split(","))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                .toArray(double[][]::new);
    }

    @Test
    void everyFrameHasTheModelsVectorInAnyBatch() throws Exception {
        String sha =
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(Files.readAllBytes(model)));
        Outcome batched = encode("model=" + model, "sha256=" + sha);
        assertThat(batched.failure()).isNull();
        assertThat(batched.json().get(0).get("features").asInt()).isEqualTo(6);
        assertThat(batched.json().get(0).get("frames").asInt()).isEqualTo(FRAMES);
        assertThat(batched.json().get(0).get("encoder").asText())
                .isEqualTo("image-model.v1:" + sha.substring(0, 12).toLowerCase());
        double[][] together = rows();
        assertThat(encode("model=" + model, "batch=1").failure()).isNull();
        double[][] alone = rows();
        assertThat(alone).hasDimensions(FRAMES, 7);
        for (int n = 0; n < FRAMES; n++) {
            assertThat(together[n]).containsExactly(alone[n], within(1e-5));
        }
        // The picture goes flat at frame 12: the vector and the motion say so.
        assertThat(Math.abs(alone[12][1] - alone[11][1])).isGreaterThan(1e-3);
        assertThat(alone[12][6]).isGreaterThan(alone[11][6] + 1);
    }

    @Test
    void aMistakeIsOneSentenceAndNothingIsWritten() throws IOException {
        Path other = Files.writeString(folder.resolve("other.onnx"), "no model");
        Path weights = Files.writeString(folder.resolve("own.pt"), "no model");
        String wrong = "0".repeat(64);
        List<List<String>> mistakes =
                List.of(
                        List.of("there is no file", "model=" + folder.resolve("none.onnx")),
                        List.of("is a directory", "model=" + folder),
                        List.of("has the SHA-256", "model=" + model, "sha256=" + wrong),
                        List.of("64 hexadecimal digits", "model=" + model, "sha256=12"),
                        List.of("no ONNX model", "model=" + other),
                        List.of("[.onnx]", "model=" + weights),
                        List.of("2 means", "model=" + model, "mean=0;1"),
                        List.of("all above 0", "model=" + model, "std=0"),
                        List.of("no output 'x'", "model=" + model, "output=x"),
                        List.of("from 1 to", "model=" + model, "batch=0"),
                        List.of("there is no option", "modle=" + model),
                        List.of("be read", "model=nowhere://own.onnx"));
        for (List<String> mistake : mistakes) {
            Outcome outcome = encode(mistake.subList(1, mistake.size()).toArray(String[]::new));
            assertThat(outcome.failure())
                    .as("%s", mistake)
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining(mistake.get(0))
                    .message()
                    .doesNotContain("\n");
            assertThat(outcome.lines()).isEmpty();
            assertThat(out).doesNotExist();
        }
    }
}
