package io.oxbow.jobs.detect;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.inference.InspectedModel;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.CsvTime;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.KnownOptions;
import io.oxbow.jobs.cli.OutputFile;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.ingest.RowProblems;
import io.oxbow.jobs.ingest.TimeArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the built-in model over a time series in a file and writes one row per row of it. The series
 * is one stream; its rows reach the operator in the order of their times.
 */
@Command(
        name = "csv",
        description = {
            "Score every row of a delimiter-separated file.",
            "Writes one row per row, in the file's order: time, the values, score (0 to 1, higher"
                    + " is more anomalous), pValue, and the forecast made before the row was"
                    + " seen. A row with some values missing is scored by the others, the last"
                    + " value standing in each gap; one without any value or without a time stays,"
                    + " with an empty score."
        })
final class DetectCsvCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private TimeArguments times;

    @Parameters(paramLabel = "FILE", description = "The file, with a header line.")
    private Path file;

    @Option(
            names = "--value-columns",
            required = true,
            split = ",",
            paramLabel = "C",
            description =
                    "Names of the columns of values, with commas between; a name that holds a comma"
                            + " in double quotes.")
    private List<String> valueColumns;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write.")
    private Path out;

    @Option(
            names = "--forecast",
            paramLabel = "FILE",
            description =
                    "Also write what is expected of the rows to come: step, time, and for each"
                            + " value the forecast, one standard error below and one above.")
    private Path forecast;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description = "Rows that --forecast looks ahead, from 1 to 1024; 12 if unset.")
    private Integer horizon;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description =
                    "Also write what became unusual and when it was over: as often by chance as"
                            + " oxbow.alerts.expected-per-day says, once a day if unset.")
    private Path alerts;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Set an option of Oxbow or Flink.")
    private Map<String, String> pairs = new LinkedHashMap<>();

    /** What was done, as printed under {@code --json}. */
    record Report(String file, String out, long rows, long scored, long unscored, double seconds) {}

    @Override
    public Integer call() throws Exception {
        long start = System.nanoTime();
        Configuration configuration = new Configuration();
        JobConfiguration.override(configuration, pairs);
        KnownOptions.refuseUnknown(configuration);
        setHorizon(configuration);
        OutputFile.require(out, "--out", file);
        if (forecast != null) {
            OutputFile.require(forecast, "--forecast", file, out);
        }
        if (alerts != null) {
            Path other = forecast == null ? out : forecast;
            OutputFile.require(alerts, "--alerts", file, out, other);
        }
        CsvSeries series = CsvSeries.read(file, times.columns(valueColumns));
        RowProblems problems = new RowProblems(output, file);
        series.problems().forEach(problems);
        problems.tellOthers();
        refuseTimeless(series);
        refuseOtherWidth(configuration, series.valueNames().size());
        DetectionWriter detections = new Detection(configuration, forecast, alerts).of(series);
        detections.write(out);
        int scored = detections.scored();
        double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
        Report report =
                new Report(
                        file.toString(),
                        out.toString(),
                        series.rows(),
                        scored,
                        series.rows() - scored,
                        seconds);
        output.result(
                report,
                "%d rows, %d of them scored, written to %s in %.1f s"
                        .formatted(report.rows(), scored, out, seconds));
        return 0;
    }

    private void setHorizon(Configuration configuration) {
        if (horizon == null) {
            return;
        }
        if (forecast == null) {
            throw new UserMistake("--horizon says how far --forecast FILE looks; name the file");
        }
        if (horizon < 1 || horizon > MemoryConfig.Ahead.MOST) {
            throw new UserMistake(
                    "--horizon must be from 1 to " + MemoryConfig.Ahead.MOST + ", not " + horizon);
        }
        configuration.set(OxbowOptions.MODEL_HORIZON, horizon);
    }

    /** Else no row would have a score, without a word. */
    private static void refuseOtherWidth(Configuration configuration, int columns)
            throws IOException {
        String model = configuration.get(OxbowOptions.MODEL_URI);
        if (model.equals(MemoryModel.NAME)) {
            return;
        }
        int inputs = InspectedModel.read(configuration).model().inputDim();
        if (inputs != columns) {
            throw new UserMistake(
                    "the model '%s' takes %d numbers a row, but the columns of values are %d"
                            .formatted(model, inputs, columns));
        }
    }

    /** A column of times in which none can be read is another format, not damage. */
    private void refuseTimeless(CsvSeries series) {
        for (int row = 0; row < series.rows(); row++) {
            if (series.timeMillis(row) != CsvTime.NONE) {
                return;
            }
        }
        if (series.rows() > 0) {
            throw new UserMistake(
                    "no time can be read in column '%s' of '%s', the first is '%s': say how they are written with --time-format"
                            .formatted(times.timeColumn(), file, series.timeText(0)));
        }
    }
}
