package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that may not be written: said before any work, and what they hold stays. */
class OutputFileTest {
    private static final String TABLE = "t,a\n1,2\n2,3\n";

    @TempDir private Path folder;
    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Files.writeString(folder.resolve("t.csv"), TABLE);
    }

    private CommandRun detect(String... outputs) {
        String[] arguments = {
            "detect", "csv", table.toString(), "--time-column", "t", "--value-columns", "a"
        };
        return CommandRun.of(
                Stream.of(arguments, outputs).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void assertMistake(CommandRun run, String about) {
        assertThat(run.isMistakeAbout(about)).as("%d: %s", run.status(), run.sentence()).isTrue();
    }

    @Test
    void whatIsReadIsNotWrittenThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), table);

        assertMistake(detect("--out", link.toString()), "--out must not be a file that is read");
        assertMistake(
                CommandRun.of("encode", "video", table.toString(), "--out", link.toString()),
                "--out must not be a file that is read");
        assertMistake(
                CommandRun.of("encode", "video", "file:" + table, "--out", table.toString()),
                "--out must not be a file that is read");
        assertThat(table).hasContent(TABLE);
    }

    @Test
    void noTwoOutputsAreOneFile() {
        String out = path("o.csv");
        String twice = "read or written already, '" + out + "'";

        assertMistake(detect("--out", out, "--alerts", out), twice);
        assertMistake(detect("--out", out, "--forecast", path("./o.csv")), twice);
        assertMistake(detect("--out", path("p.csv"), "--forecast", out, "--alerts", out), twice);
        assertThat(folder.resolve("o.csv")).doesNotExist();
    }

    @Test
    void placesThatAreNoFiles() {
        assertMistake(detect("--out", "/"), "is a directory");
        assertMistake(detect("--out", folder.toString()), "is a directory");
        assertMistake(detect("--out", path("none/o.csv")), "there is no directory");
        assertMistake(
                CommandRun.of("encode", "video", table.toString(), "--out", "/"), "is a directory");
    }
}
