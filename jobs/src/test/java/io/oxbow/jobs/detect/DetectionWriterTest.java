package io.oxbow.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.SeriesColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionWriterTest {
    private static final float NAN = Float.NaN;

    @TempDir private Path directory;

    @Test
    void everyRowOfTheInputIsARowOfTheOutputInItsOrder() throws IOException {
        CsvSeries series =
                series(
                        List.of("a", "score"),
                        """
                        t,a,score
                        2026-01-01 00:02:00,3,0.5
                        2026-01-01 00:00:00,1,
                        never,7,7
                        "2026-01-01 00:01:00",2,1e20
                        2026-01-01 00:01:00,2,9
                        """);
        TimeOrder order = TimeOrder.of(series);
        assertThat(order.rows()).containsExactly(1, 3, 4, 0);

        float[] scores = {
            NAN, NAN, NAN, NAN, NAN, 0.25f, NAN, NAN, 1, 2, 0.5f, 0.1f, NAN, 3, 4, 1, 0.01f, 4, 5, 6
        };
        DetectionWriter writer = new DetectionWriter(series, order, scores);
        Path out = directory.resolve("out.csv");
        writer.write(out);

        assertThat(writer.scored()).isEqualTo(3);
        assertThat(out)
                .hasContent(
                        """
                        time,a,score_value,score,pValue,forecast_a,forecast_score,evidence
                        2026-01-01 00:02:00,3,0.5,1.0,0.01,5.0,6.0,flatline
                        2026-01-01 00:00:00,1,,,,,,
                        never,7,7,,,,,
                        2026-01-01 00:01:00,2,1.0E20,0.25,,1.0,,
                        2026-01-01 00:01:00,2,9,0.5,0.1,3.0,4.0,
                        """);
    }

    @Test
    void oneValueColumnHasOneForecast() {
        assertThat(DetectionWriter.header(List.of("value")))
                .containsExactly("time", "value", "score", "pValue", "forecast", "evidence");
    }

    @Test
    void noTwoColumnsHaveOneName() {
        assertThat(DetectionWriter.header(List.of("value", "forecast", "score", "score_value")))
                .containsExactly(
                        "time",
                        "value",
                        "forecast_value_value",
                        "score_value_value",
                        "score_value",
                        "score",
                        "pValue",
                        "forecast_value",
                        "forecast_forecast",
                        "forecast_score",
                        "forecast_score_value",
                        "evidence");
    }

    @Test
    void textWithALineEndIsQuoted() {
        assertThat(List.of("a\rb", "a\nb", "a,b", "a\"b", "a;b"))
                .map(DetectionWriter::quoted)
                .containsExactly("\"a\rb\"", "\"a\nb\"", "\"a,b\"", "\"a\"\"b\"", "a;b");
    }

    @Test
    void scoresGoThroughTheirFile() throws IOException {
        Path file = directory.resolve("scores");
        try (ScoreFile.Writer out = new ScoreFile.Writer(file, 2)) {
            out.write(0, 0.5f, NAN, 3, new float[] {1, 2});
            out.write(2, 0.75f, 0.125f, NAN, new float[0]);
        }
        assertThat(ScoreFile.read(file, 3, 2))
                .containsExactly(
                        0.5f, NAN, 3, 1, 2, NAN, NAN, NAN, NAN, NAN, 0.75f, 0.125f, NAN, NAN, NAN);
    }

    private CsvSeries series(List<String> values, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("in.csv"), text);
        return CsvSeries.read(file, SeriesColumns.of("t", values));
    }
}
