package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos as they are met, sound and damaged, through the command line. */
class OddVideosTest {
    @TempDir private Path folder;

    /** YUV4MPEG2, lossless, 10 frames a second. */
    private static byte[] video(int width, int height, int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n", width, height));
        byte[] view = new byte[width * height];
        new Random(8).nextBytes(view);
        byte[] chroma = new byte[2 * ((width + 1) / 2) * ((height + 1) / 2)];
        Arrays.fill(chroma, (byte) 128);
        for (int n = 0; n < frames; n++) {
            out.writeBytes(ascii("FRAME\n"));
            view[n % view.length] += 40;
            out.writeBytes(view);
            out.writeBytes(chroma);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String format, Object... values) {
        return format.formatted(values).getBytes(StandardCharsets.US_ASCII);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private CommandRun encode(Path video) {
        return CommandRun.of(
                "encode",
                "video",
                video.toString(),
                "--out",
                folder.resolve("out.csv").toString(),
                "--json");
    }

    @ParameterizedTest
    @CsvSource({"97, 73, 5", "17, 9, 5", "64, 48, 1", "3, 200, 5", "2, 2, 5", "1, 1, 5"})
    void anySizeIsEncoded(int width, int height, int frames) throws IOException {
        CommandRun run = encode(file("v.y4m", video(width, height, frames)));

        assertThat(run.status()).as(run.sentence()).isZero();
        assertThat(run.report().get("frames").asInt()).isEqualTo(frames);
        List<String> rows = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(rows).hasSize(frames + 1);
        for (String row : rows.subList(1, rows.size())) {
            assertThat(row.split(",")).hasSize(65).allMatch(v -> Double.isFinite(toDouble(v)));
        }
    }

    private static double toDouble(String text) {
        return Double.parseDouble(text);
    }

    @ParameterizedTest
    @CsvSource({"v.mp4", "v.txt", "v"})
    void itsNameDoesNotDecideWhatAVideoIs(String name) throws IOException {
        CommandRun run = encode(file(name, video(64, 48, 4)));

        assertThat(run.status()).as(run.sentence()).isZero();
        assertThat(run.report().get("frames").asInt()).isEqualTo(4);
    }

    @Test
    void aVideoCutShortGivesWhatIsThere() throws IOException {
        byte[] whole = video(64, 48, 10);
        Path cut = file("v.y4m", Arrays.copyOf(whole, whole.length * 55 / 100));

        CommandRun encoded = encode(cut);
        CommandRun tamper = CommandRun.of("tamper", "video", cut.toString(), "--json");

        assertThat(encoded.status()).as(encoded.sentence()).isZero();
        assertThat(encoded.report().get("frames").asInt()).isBetween(4, 6);
        assertThat(tamper.status()).isZero();
        assertThat(tamper.lines()).isEmpty();
    }

    @Test
    void whatIsNoVideoIsSaid() throws IOException {
        byte[] noise = new byte[20_000];
        new Random(9).nextBytes(noise);
        for (byte[] bytes :
                List.of(new byte[0], noise, ascii("time,value\n1,2\n"), video(64, 48, 0))) {
            Path file = file("v.mp4", bytes);
            for (CommandRun run :
                    List.of(
                            encode(file),
                            CommandRun.of("tamper", "video", file.toString(), "--json"))) {
                assertThat(run.isMistakeAbout("v.mp4"))
                        .as("%d: %s", run.status(), run.sentence())
                        .isTrue();
                assertThat(run.lines()).isEmpty();
            }
        }
        assertThat(encode(folder).isMistakeAbout("is a directory")).isTrue();
        assertThat(encode(folder.resolve("none")).isMistakeAbout("no file")).isTrue();
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }
}
