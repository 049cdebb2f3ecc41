package io.oxbow.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionIT {
    private static final int ROWS = 1200;
    private static final int DAMAGED = 500;
    private static final int SPIKE = 1000;

    @TempDir private Path directory;

    @Test
    void scoresEveryReadableRowWhateverTheirOrderAndNeverFromTheFuture() throws Exception {
        List<String> rows = rows();
        List<String> detected = detect(rows);
        assertThat(detected).hasSize(ROWS + 1);
        assertThat(detected.get(1 + DAMAGED)).isEqualTo(time(DAMAGED) + ",,,,,");
        assertThat(score(detected.get(1 + SPIKE)))
                .as("the spike")
                .isGreaterThan(score(detected.get(SPIKE)));

        rows.set(SPIKE, time(SPIKE) + ",10");
        List<String> withoutSpike = detect(rows);
        assertThat(withoutSpike.subList(0, 1 + SPIKE)).isEqualTo(detected.subList(0, 1 + SPIKE));

        Collections.swap(rows, 700, 720);
        List<String> shuffled = detect(rows);
        Collections.swap(shuffled, 701, 721);
        assertThat(shuffled).isEqualTo(withoutSpike);
    }

    @Test
    void forecastsTheRowsToCome() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(time(row) + "," + wave(row));
        }
        Path in = directory.resolve("wave.csv");
        Path ahead = directory.resolve("ahead.csv");
        write(in, rows);
        CsvSeries series = CsvSeries.read(in, SeriesColumns.of("time", List.of("value")));
        Configuration options = new Configuration();
        options.set(OxbowOptions.MODEL_HORIZON, 30);
        new Detection(options, ahead, null).of(series);

        List<String> expected = Files.readAllLines(ahead);
        assertThat(expected).hasSize(31);
        assertThat(expected.get(0)).isEqualTo("step,time,forecast,low,high");
        for (int h = 1; h <= 30; h++) {
            String[] cells = expected.get(h).split(",");
            assertThat(cells[0]).isEqualTo(Integer.toString(h));
            assertThat(Instant.parse(cells[1]).toEpochMilli()).isEqualTo(time(ROWS - 1 + h));
            assertThat(Double.parseDouble(cells[2])).isCloseTo(wave(ROWS - 1 + h), within(0.3));
            assertThat(Double.parseDouble(cells[3])).isLessThan(Double.parseDouble(cells[4]));
        }
    }

    @Test
    void tellsOfTheSpikeAndItsEndAndWhatWasExpected() throws Exception {
        Path in = directory.resolve("spike.csv");
        Path alerts = directory.resolve("alerts.csv");
        write(in, rows());
        CsvSeries series = CsvSeries.read(in, SeriesColumns.of("time", List.of("value")));
        new Detection(new Configuration(), null, alerts).of(series);

        List<String> told = Files.readAllLines(alerts);
        assertThat(told.get(0) + "\n").isEqualTo(AlertFile.HEADER);
        String at = Instant.ofEpochMilli(time(SPIKE)).toString();
        List<String> spike = told.stream().filter(row -> row.split(",")[1].equals(at)).toList();
        assertThat(spike).hasSize(2);
        String[] open = spike.get(0).split(",", 10);
        assertThat(open[0]).isEqualTo("open");
        assertThat(open[2]).isEqualTo(at);
        assertThat(open[5]).isEqualTo("value");
        assertThat(Double.parseDouble(open[6])).isBetween(8.0, 12.0);
        assertThat(Double.parseDouble(open[7])).isEqualTo(60);
        assertThat(Double.parseDouble(open[8])).isGreaterThan(50);
        assertThat(open[9])
                .contains("value was 60")
                .contains(", beyond all before")
                .contains("range");
        assertThat(spike.get(1)).startsWith("close," + at);
        // Twenty hours, and the first hundred rows are not judged: one by chance is expected.
        assertThat(told.stream().filter(row -> row.startsWith("open")).count()).isLessThan(7);
    }

    private static double wave(int row) {
        return 10 + Math.sin(row / 20.0);
    }

    @Test
    void aFileShorterThanTheHorizonHasNoForecast() throws Exception {
        Path in = directory.resolve("short.csv");
        write(in, rows().subList(0, 12));
        CsvSeries series = CsvSeries.read(in, SeriesColumns.of("time", List.of("value")));
        Detection detection =
                new Detection(new Configuration(), directory.resolve("none.csv"), null);
        assertThatThrownBy(() -> detection.of(series))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("after 12 rows");
    }

    private static List<String> rows() {
        Random random = new Random(7);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double value = 10 + Math.sin(row / 20.0) + 0.1 * random.nextGaussian();
            rows.add(time(row) + "," + text(row, value));
        }
        return rows;
    }

    private static String text(int row, double value) {
        return switch (row) {
            case SPIKE -> "60";
            case DAMAGED -> "";
            default -> Double.toString(value);
        };
    }

    private static long time(int row) {
        return 1_700_000_000_000L + row * 60_000L;
    }

    private static float score(String row) {
        return Float.parseFloat(row.split(",", -1)[2]);
    }

    private List<String> detect(List<String> rows) throws Exception {
        Path in = directory.resolve("in.csv");
        Path out = directory.resolve("out.csv");
        write(in, rows);
        CsvSeries series = CsvSeries.read(in, SeriesColumns.of("time", List.of("value")));
        new Detection(new Configuration()).of(series).write(out);
        return Files.readAllLines(out);
    }

    private static void write(Path file, List<String> rows) throws IOException {
        Files.writeString(file, "time,value\n" + String.join("\n", rows) + "\n");
    }
}
