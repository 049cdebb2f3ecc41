package io.oxbow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oxbow.ingest.SourceException;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoCommandsTest {
    @TempDir private Path folder;

    @Test
    void tamperPrintsAnIntervalALine() throws IOException {
        Path video = Recordings.video(folder.resolve("v.y4m"), 120, 60, 90);

        Outcome outcome = Outcome.of(TamperCommand.class, "video", video.toString(), "--json");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.lines())
                .containsExactly(
                        "{\"kind\":\"covered\",\"from\":6.0,\"to\":9.0,\"fromFrame\":60,"
                                + "\"toFrame\":90}");
    }

    @Test
    void tamperPrintsNothingOnStdoutWhereNothingIsWrong() throws IOException {
        Path video = Recordings.video(folder.resolve("v.y4m"), 40, 0, 0);

        assertThat(Outcome.of(TamperCommand.class, "video", video.toString(), "--json").lines())
                .isEmpty();
        assertThat(Outcome.of(TamperCommand.class, "video", video.toString()).lines())
                .containsExactly("Nothing found.");
    }

    @Test
    void encodeWritesARowAFrameInEitherForm() throws IOException {
        Path video = Recordings.video(folder.resolve("v.y4m"), 20, 10, 15);
        Path csv = folder.resolve("v.csv");
        Path jsonLines = folder.resolve("v.jsonl");

        Outcome outcome =
                Outcome.of(
                        EncodeCommand.class,
                        "video",
                        video.toString(),
                        "--out",
                        csv.toString(),
                        "--json");
        Outcome.of(EncodeCommand.class, "video", video.toString(), "--out", jsonLines.toString());

        JsonNode report = outcome.json().get(0);
        assertThat(outcome.lines()).hasSize(1);
        assertThat(report.get("frames").asInt()).isEqualTo(20);
        assertThat(report.get("features").asInt()).isEqualTo(64);
        assertThat(report.get("encoder").asText()).isEqualTo("luma-motion-64.v1");
        List<String> rows = Files.readAllLines(csv);
        List<String> objects = Files.readAllLines(jsonLines);
        assertThat(rows).hasSize(21);
        assertThat(objects).hasSize(20);
        assertThat(rows.get(0)).startsWith("time,f0,f1,").endsWith(",f62,f63");
        for (int n = 0; n < 20; n++) {
            String[] fields = rows.get(n + 1).split(",");
            JsonNode object = new ObjectMapper().readTree(objects.get(n));
            assertThat(fields).hasSize(65);
            assertThat(Double.parseDouble(fields[0])).isEqualTo(n / 10.0, within(1e-9));
            assertThat(object.get("time").asDouble()).isEqualTo(n / 10.0, within(1e-9));
            for (int i = 0; i < 64; i++) {
                assertThat(Float.parseFloat(fields[i + 1]))
                        .isEqualTo(object.get("features").get(i).floatValue());
            }
        }
        assertThat(Float.parseFloat(rows.get(12).split(",")[1 + 48])).isBetween(0.11f, 0.14f);
    }

    @Test
    void fewerFramesCanBeTaken() throws IOException {
        Path video = Recordings.video(folder.resolve("v.y4m"), 20, 0, 0);
        Path csv = folder.resolve("v.csv");

        Outcome.of(
                EncodeCommand.class,
                "video",
                video.toString(),
                "--out",
                csv.toString(),
                "--fps",
                "5");

        assertThat(Files.readAllLines(csv)).hasSize(11);
    }

    @Test
    void aWrongSourceIsSaidAndNothingIsWritten() throws IOException {
        Path none = folder.resolve("none.mp4");
        Path csv = folder.resolve("v.csv");

        Outcome missing =
                Outcome.of(EncodeCommand.class, "video", none.toString(), "--out", csv.toString());
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        Outcome noVideo =
                Outcome.of(EncodeCommand.class, "video", text.toString(), "--out", csv.toString());

        assertThat(missing.failure())
                .isInstanceOf(SourceException.class)
                .hasMessage("There is no file " + none + ".");
        assertThat(noVideo.failure()).isInstanceOf(SourceException.class);
        assertThat(csv).doesNotExist();
    }

    @Test
    void aWrongOutputOrRateIsAMistake() throws IOException {
        Path video = Recordings.video(folder.resolve("v.y4m"), 2, 0, 0);
        String nowhere = folder.resolve("no/where.csv").toString();

        assertThat(
                        Outcome.of(EncodeCommand.class, "video", video.toString(), "--out", nowhere)
                                .failure())
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("there is no directory");
        assertThat(
                        Outcome.of(
                                        EncodeCommand.class,
                                        "video",
                                        video.toString(),
                                        "--out",
                                        video.toString())
                                .failure())
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("--out must not be a file that is read");
        assertThat(
                        Outcome.of(TamperCommand.class, "video", video.toString(), "--fps", "0")
                                .failure())
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("--fps");
    }
}
