package io.oxbow.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.ingest.csv.CsvProblem;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.local.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final int CAMERAS = 3;
    private static final int ROWS = 3000;

    private String printed;

    @Test
    @Timeout(180)
    void camerasAMicrophoneAndASensorShareOneJob() throws Exception {
        DemoTotals totals =
                totals(new MadeUpPlaces(CAMERAS, true), Optional.of(Duration.ofSeconds(10)));

        assertThat(totals.streams()).isEqualTo(CAMERAS + 2);
        assertThat(printed).contains("microphone").contains("plant");
    }

    @Test
    @Timeout(180)
    void aTableIsReadToItsEndAndItsColumnsAreCalledByTheirNames(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("boiler.csv");
        Files.writeString(file, table());
        List<CsvProblem> problems = new ArrayList<>();

        DemoTotals totals =
                totals(
                        new TableFile(file, SeriesColumns.of("at", List.of()), problems::add),
                        Optional.empty());

        assertThat(totals.streams()).isEqualTo(1);
        assertThat(totals.events()).isEqualTo(ROWS - 1);
        assertThat(totals.anomalies()).isPositive();
        assertThat(printed).contains("boiler").contains("pressure");
        assertThat(problems).extracting(CsvProblem::line).containsExactly(12L, 22L);
    }

    /** A row a minute, the pressure gone wrong for a while, one value and one time unreadable. */
    private static String table() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder table = new StringBuilder("at,pressure,flow\n");
        Instant start = Instant.parse("2026-03-01T00:00:00Z");
        for (int row = 0; row < ROWS; row++) {
            boolean wrong = row >= 2000 && row < 2030;
            table.append(row == 20 ? "noon" : start.plus(Duration.ofMinutes(row)))
                    .append(',')
                    .append(row == 10 ? "high" : 2 + 0.1 * random.nextDouble() + (wrong ? 5 : 0))
                    .append(',')
                    .append(random.nextDouble())
                    .append('\n');
        }
        return table.toString();
    }

    private DemoTotals totals(DemoSource source, Optional<Duration> duration) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        DemoTotals totals;
        try (StopSignal stop = StopSignal.listen()) {
            OutputOptions output = new OutputOptions();
            totals = new Demo(settings(source, duration), new DemoConsole(output, false)).run(stop);
        } finally {
            System.setOut(out);
        }
        printed = bytes.toString(StandardCharsets.UTF_8);
        String text = printed;
        long alerts = text.lines().filter(line -> line.matches("\\S+  (ALERT|over )  .*")).count();

        assertThat(totals.events()).isPositive();
        assertThat(totals.checkpoints()).isPositive();
        assertThat(totals.deadLetters()).isZero();
        assertThat(totals.anomalies()).isEqualTo(alerts);
        assertThat(totals.summaries()).isEqualTo(text.lines().count() - alerts);
        return totals;
    }

    private static DemoSettings settings(DemoSource source, Optional<Duration> duration) {
        return new DemoSettings(source, duration, 1, 0, Optional.empty(), new Configuration());
    }
}
