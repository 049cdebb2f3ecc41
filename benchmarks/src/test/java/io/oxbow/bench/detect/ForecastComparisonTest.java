package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.bench.detect.ForecastComparison.ForecastLine;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.jobs.cli.OutputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastComparisonTest {
    private static final int ROWS = 14_400;

    /** Of a day's wave and noise of deviation 0.1, whose own deviation is that of the wave. */
    @Test
    void errorsAreInDeviationsOfTheTrainingRows(@TempDir Path folder) throws IOException {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("date,x\n");
        for (int row = 0; row < ROWS; row++) {
            double x = 100 + 5 * (Math.sqrt(2) * Math.sin(row * Math.PI / 12));
            csv.append(Instant.ofEpochSecond(1_467_331_200L + 3600L * row))
                    .append(',')
                    .append((float) (x + 0.5 * random.nextGaussian()))
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("wave.csv"), csv.toString());
        CsvSeries series = CsvSeries.read(file, SeriesColumns.of("date", List.of()));

        List<ForecastLine> lines =
                new ForecastComparison(new ScalarBackend(), new OutputOptions())
                        .evaluate("wave", series);

        assertThat(lines)
                .extracting(ForecastLine::forecaster)
                .containsExactly("memory online", "memory frozen", "day before");
        for (ForecastLine line : lines) {
            assertThat(line.origins()).isEqualTo(2785);
            boolean peer = line.forecaster().equals("day before");
            // Noise of variance 0.01 / 1.01: twice between two days, once beside what is known.
            double best = (peer ? 2 : 1) * 0.01 / 1.01;
            assertThat(line.mse()).isBetween(0.97 * best, (peer ? 1.03 : 1.25) * best);
            assertThat(line.mae()).isCloseTo(Math.sqrt(line.mse() * 2 / Math.PI), within(0.003));
            if (!peer) {
                assertThat(line.withinOneError()).isBetween(0.63, 0.73);
                assertThat(line.withinTwoErrors()).isBetween(0.93, 0.97);
            }
        }
    }
}
