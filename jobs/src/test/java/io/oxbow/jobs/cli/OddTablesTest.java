package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.SampleModels;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables as they are met, sound and damaged, through the command line. */
class OddTablesTest {
    private static final int ROWS = 20;

    @TempDir private Path folder;

    private static String table(String delimiter, String end, String decimal, String quote) {
        StringBuilder text = new StringBuilder();
        text.append(String.join(delimiter, quote + "t" + quote, "a", "b")).append(end);
        for (int row = 0; row < ROWS; row++) {
            text.append(quote).append(1_700_000_000 + 60 * row).append(quote).append(delimiter);
            text.append(row % 3).append(decimal).append("5").append(delimiter);
            text.append(quote).append(row % 5).append(quote).append(end);
        }
        return text.toString();
    }

    private CommandRun detect(String text, Charset charset, String columns) throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), text.getBytes(charset));
        return CommandRun.detectCsv(file, columns, folder.resolve("out.csv"), "--json");
    }

    private CommandRun detect(String text) throws IOException {
        return detect(text, StandardCharsets.UTF_8, "a,b");
    }

    private List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
        return lines.subList(1, lines.size());
    }

    static Stream<Arguments> soundTables() {
        Charset utf8 = StandardCharsets.UTF_8;
        return Stream.of(
                Arguments.of("marked, CRLF", "\uFEFF" + table(",", "\r\n", ".", ""), utf8),
                Arguments.of("semicolons", table(";", "\n", ",", ""), utf8),
                Arguments.of("quoted, UTF-16", table("\t", "\r\n", ".", "\""), utf16()));
    }

    /** Writes a byte order mark. */
    private static Charset utf16() {
        return StandardCharsets.UTF_16;
    }

    @ParameterizedTest
    @MethodSource("soundTables")
    void everyRowIsScored(String name, String text, Charset charset) throws IOException {
        CommandRun run = detect(text, charset, "a,b");

        assertThat(run.status()).as(run.sentence()).isZero();
        assertThat(run.report().get("scored").asInt()).isEqualTo(ROWS);
        assertThat(rows()).hasSize(ROWS).allMatch(row -> row.split(",", -1).length >= 6);
        assertThat(rows().get(1)).contains(",1.5,1,");
    }

    @Test
    void gapsAndDamageStayInTheirRows() throws IOException {
        String text = "t,a,b\n1,1,2\n2,NaN,3\n3,,\n4,inf,4\n5,1e300,5\n6\nlate,1,1\n8,1,2\n9,x,9\n";

        CommandRun run = detect(text);

        assertThat(run.status()).as(run.sentence()).isZero();
        assertThat(run.report().get("rows").asInt()).isEqualTo(9);
        // The third and sixth have no value, the seventh no time.
        assertThat(run.report().get("scored").asInt()).isEqualTo(6);
        assertThat(rows()).hasSize(9);
    }

    @Test
    void anOptionThatThereIsNotIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "t,a\n1,2\n");
        CommandRun run =
                CommandRun.detectCsv(
                        file, "a", folder.resolve("out.csv"), "-D", "oxbow.modle.uri=memory");

        assertThat(run.isMistakeAbout("no option 'oxbow.modle.uri'")).as(run.sentence()).isTrue();
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void aModelOfAnotherWidthIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "t,a\n1,2\n");
        Path model = SampleModels.writeMamba(folder);
        CommandRun run =
                CommandRun.detectCsv(
                        file, "a", folder.resolve("out.csv"), "-D", "oxbow.model.uri=" + model);

        assertThat(run.isMistakeAbout("takes 6 numbers a row, but the columns of values are 1"))
                .as(run.sentence())
                .isTrue();
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        assertThat(detect("").isMistakeAbout("t.csv is empty")).isTrue();
        assertThat(detect("t,a\n1,2\n").isMistakeAbout("no column \"b\"")).isTrue();
        assertThat(detect("t,a,b\n\"1,2,3\n").isMistakeAbout("never closed")).isTrue();
        assertThat(detect("t,a,b\nnow,1,2\nthen,1,2\n").isMistakeAbout("--time-format")).isTrue();
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }
}
