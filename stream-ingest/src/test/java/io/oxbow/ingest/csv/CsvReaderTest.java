package io.oxbow.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.ingest.SourceException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

    private static CsvReader reader(String text) throws IOException {
        return CsvReader.of(new StringReader(text), "data.csv");
    }

    private static List<List<String>> records(CsvReader reader) throws IOException {
        List<List<String>> records = new ArrayList<>();
        while (reader.next()) {
            List<String> record = new ArrayList<>();
            for (int i = 0; i < reader.fieldCount(); i++) {
                record.add(reader.field(i));
            }
            records.add(record);
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void findsTheDelimiterInTheHeader(String delimiter) throws IOException {
        CsvReader reader =
                reader(
                        String.join(delimiter, "time", "\"a,;b\"", "c")
                                + "\n1"
                                + delimiter
                                + "2"
                                + delimiter
                                + "3");

        assertThat(reader.delimiter()).isEqualTo(delimiter.charAt(0));
        assertThat(reader.header().names()).containsExactly("time", "a,;b", "c");
        assertThat(records(reader)).containsExactly(List.of("1", "2", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEndingAndSkipsBlankLines(String end) throws IOException {
        CsvReader reader =
                reader("\uFEFF" + String.join(end, "", "a,b", "1,2", "", "  ", "3,4", "", ""));

        assertThat(reader.header().names()).containsExactly("a", "b");
        List<Long> lines = new ArrayList<>();
        List<String> second = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.line());
            second.add(reader.field(1));
        }
        assertThat(lines).containsExactly(3L, 6L);
        assertThat(second).containsExactly("2", "4");
    }

    @Test
    void unquotesFieldsAndCountsTheLinesInsideThem() throws IOException {
        CsvReader reader = reader("a,b\n\"say \"\"no\"\"\",\"two\nlines\"\n,\"\"\n");

        assertThat(reader.next()).isTrue();
        assertThat(reader.field(0)).isEqualTo("say \"no\"");
        assertThat(reader.field(1)).isEqualTo("two\nlines");
        assertThat(reader.next()).isTrue();
        assertThat(reader.line()).isEqualTo(4);
        assertThat(reader.field(0)).isEmpty();
        assertThat(reader.fieldCount()).isEqualTo(2);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void takesAnUnnamedFirstColumnForRowNumbers() throws IOException {
        CsvReader reader = reader("\"date\",\"value\"\n\"1\",\"2015-02-04 17:51:00\",23.18\n");

        assertThat(reader.header().names()).containsExactly("", "date", "value");
        assertThat(reader.header().indexOf("value")).isEqualTo(2);
    }

    @Test
    void aFirstRowThatIsTooLongShiftsNoName() throws IOException {
        CsvReader reader = reader("time,value\n1,2,note\n3,4\n5,6\n");

        assertThat(reader.header().names()).containsExactly("time", "value");
        assertThat(reader.next()).isTrue();
        assertThat(reader.line()).isEqualTo(2);
        assertThat(records(reader)).containsExactly(List.of("3", "4"), List.of("5", "6"));
    }

    @Test
    void namesTheColumnsThereAreWhenOneIsMissing() throws IOException {
        CsvReader reader = reader("time,Temp,humidity\n");

        assertThat(reader.header().indexOf("temp")).isEqualTo(1);
        assertThatThrownBy(() -> reader.header().indexOf("light"))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "data.csv has no column \"light\"; its columns are: time, Temp, humidity.");
    }

    @Test
    void aNameMayBeQuotedAsInTheFile() throws IOException {
        CsvHeader header = reader("time,\"Temp, C\",\"so \"\"called\"\"\"\n").header();

        assertThat(header.indexOf("\"Temp, C\"")).isEqualTo(1);
        assertThat(header.indexOf("\"so \"\"called\"\"\"")).isEqualTo(2);
        assertThat(header.indexOf("so \"called\"")).isEqualTo(2);
        assertThatThrownBy(() -> header.indexOf("\"\"")).isInstanceOf(SourceException.class);
    }

    @Test
    void refusesWhatIsNoCsv(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> reader("\n\n"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("data.csv is empty");
        assertThatThrownBy(() -> CsvReader.open(folder.resolve("none.csv")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> CsvReader.open(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> records(reader("a,b\n1,2\n3,\"4\n5")))
                .isInstanceOf(SourceException.class)
                .hasMessage("data.csv, line 3: a quoted field is never closed.");
        assertThatThrownBy(() -> reader("a".repeat(CsvReader.MAX_RECORD_CHARS + 1)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not a CSV file");
    }

    @Test
    void aPackedFileIsSaidToBePacked(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("t.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});

        assertThatThrownBy(() -> CsvReader.open(file))
                .isInstanceOf(SourceException.class)
                .hasMessage("t.csv.gz is packed with gzip; unpack it first.");
    }

    @Test
    void readsDamagedCharactersAsReplacements(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin1.csv");
        Files.write(file, "time,temp\u00e9rature\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
        try (CsvReader reader = CsvReader.open(file)) {
            assertThat(reader.header().names()).containsExactly("time", "temp\uFFFDrature");
            assertThat(records(reader)).containsExactly(List.of("1", "2"));
        }
    }
}
