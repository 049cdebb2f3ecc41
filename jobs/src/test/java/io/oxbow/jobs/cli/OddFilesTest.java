package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cannot be ingested is said in one sentence, with exit status 2, before there is any talk of
 * a broker: none listens here.
 */
class OddFilesTest {
    private static final String NO_BROKER = "localhost:1";

    @TempDir private Path folder;
    private byte[] noise;

    @BeforeEach
    void makeNoise() {
        noise = new byte[20_000];
        new Random(4).nextBytes(noise);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static CommandRun ingest(String kind, Path file, String... more) {
        Stream<String> arguments =
                Stream.of(
                        "ingest",
                        kind,
                        file.toString(),
                        "--stream",
                        "s",
                        "--broker",
                        NO_BROKER,
                        "--json");
        return CommandRun.of(Stream.concat(arguments, Arrays.stream(more)).toArray(String[]::new));
    }

    private static CommandRun csv(Path file) {
        return ingest("csv", file, "--time-column", "t");
    }

    private static void assertMistake(CommandRun run, String about) {
        assertThat(run.isMistakeAbout(about)).as("%d: %s", run.status(), run.sentence()).isTrue();
        assertThat(run.lines()).isEmpty();
    }

    static Stream<Arguments> brokenTables() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("\n\n  \n", "is empty"),
                Arguments.of("\uFEFF", "is empty"),
                Arguments.of("a,b\n1,2\n", "no column \"t\"; its columns are: a, b"),
                Arguments.of("t\n1\n", "no column of numbers"),
                Arguments.of("t,a\n1,x\n", "no column of numbers"),
                Arguments.of("t,a\n", "no rows below its header"),
                Arguments.of("t,a", "no rows below its header"),
                Arguments.of("t,a\n\"1,2\n", "never closed"),
                Arguments.of("t,a\n1," + "9".repeat(2_000_000) + "\n", "longer than"));
    }

    @ParameterizedTest
    @MethodSource("brokenTables")
    void aTableThatCannotBeReadIsSaid(String text, String about) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        assertMistake(csv(file), about);
        assertMistake(csv(file), "t.csv");
    }

    @Test
    void aTableCannotBeJustAnything() throws IOException {
        assertMistake(csv(folder), "is a directory");
        assertMistake(csv(folder.resolve("none.csv")), "no file");
        assertMistake(csv(file("zeros.csv", new byte[5000])), "zeros.csv");
        assertMistake(csv(file("noise.csv", noise)), "noise.csv");
    }

    @Test
    void theHeaderAloneIsNoTableToDetectIn() throws IOException {
        Path file = file("h.csv", ascii("t,a\n"));
        Path out = folder.resolve("out.csv");
        CommandRun run = CommandRun.detectCsv(file, "a", out);
        assertMistake(run, "h.csv has no rows below its header");
        assertThat(out).doesNotExist();
    }

    /** A header of 44 bytes, then the samples. */
    private static byte[] wav(int format, int channels, int rate, int bits, byte[] samples) {
        int frame = channels * bits / 8;
        ByteBuffer out = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + samples.length).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) format).putShort((short) channels).putInt(rate);
        out.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
        out.put(ascii("data")).putInt(samples.length).put(samples);
        return out.array();
    }

    @Test
    void aSoundThatCannotBeReadIsSaid() throws IOException {
        byte[] good = wav(1, 1, 8000, 16, noise);
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        noise,
                        new byte[5000],
                        ascii("t,a\n1,2\n"),
                        Arrays.copyOf(good, 30),
                        Arrays.copyOf(good, 36),
                        wav(0x55, 1, 8000, 16, noise),
                        wav(1, 0, 8000, 16, noise),
                        wav(1, 1, 0, 16, noise),
                        wav(1, 1, 8000, 12, noise),
                        wav(1, 1, 7, 16, noise),
                        wav(1, 1, 8000, 16, new byte[0]),
                        Arrays.copyOf(good, 44))) {
            assertMistake(ingest("audio", file("s.wav", bytes)), "s.wav");
        }
        assertMistake(
                ingest("audio", file("s.wav", wav(1, 1, 8000, 16, new byte[600]))), "--chunk");
        assertMistake(ingest("audio", folder), "is a directory");
        assertMistake(ingest("audio", folder.resolve("none.wav")), "no file");
    }

    @Test
    void aVideoThatCannotBeReadIsSaid() throws IOException {
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        noise,
                        ascii("t,a\n1,2\n"),
                        ascii("YUV4MPEG2 W64 H48 F10:1 Ip A1:1 C420jpeg\n"))) {
            Path file = file("v.mp4", bytes);
            assertMistake(ingest("video", file), "v.mp4");
            assertMistake(CommandRun.of("tamper", "video", file.toString(), "--json"), "v.mp4");
        }
        assertMistake(ingest("video", folder), "is a directory");
        assertMistake(CommandRun.of("tamper", "video", folder.toString()), "is a directory");
    }

    @Test
    void aFileThatMayNotBeReadIsSaid() throws IOException {
        Path file = file("t.csv", ascii("t,a\n1,2\n"));
        assertThat(file.toFile().setReadable(false, false)).isTrue();
        if (Files.isReadable(file)) {
            System.out.println("unreadable files: skipped, this user may read every file");
        }
        assumeThat(Files.isReadable(file)).isFalse();
        assertMistake(csv(file), "may not be read");
        assertMistake(ingest("audio", file), "may not be read");
        assertMistake(ingest("video", file), "may not be read");
    }
}
