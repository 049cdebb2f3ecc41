package io.oxbow.jobs.detect;

import io.oxbow.encode.sensor.LastValues;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Foresight;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run of the operator over a series, on a cluster that lives only for it. */
final class Detection {
    private static final String TOO_SHORT =
            "nothing can be forecast after %d rows: the file must be longer than the horizon, and"
                    + " the model one that looks ahead, as 'memory' does";

    private final Configuration configuration;
    private final Path forecast;
    private final Path alerts;

    Detection(Configuration configuration) {
        this(configuration, null, null);
    }

    /**
     * @param forecast where to write what is expected after the last row, or null
     * @param alerts where to write what became unusual and when it was over, or null
     */
    Detection(Configuration configuration, Path forecast, Path alerts) {
        this.configuration = configuration;
        this.forecast = forecast;
        this.alerts = alerts;
    }

    /**
     * Scores the series.
     *
     * @throws UserMistake if a forecast is wanted and there is none
     */
    DetectionWriter of(CsvSeries series) throws Exception {
        int columns = series.valueNames().size();
        TimeOrder order = TimeOrder.of(series);
        try (ScratchDirectory scratch = ScratchDirectory.create("detect")) {
            Path observations = scratch.path().resolve("observations");
            Path scores = scratch.path().resolve("scores");
            write(series, order, observations);
            int ranks = order.rows().length;
            if (ranks == 0) {
                if (forecast != null) {
                    throw new UserMistake(TOO_SHORT.formatted(0));
                }
                if (alerts != null) {
                    Files.writeString(alerts, AlertFile.HEADER);
                }
                return new DetectionWriter(series, order, new float[0]);
            }
            Path outlook = forecast == null ? null : scratch.path().resolve("outlook");
            List<String> names = series.valueNames();
            run(scratch, new DetectionJob(observations, scores, ranks, names, outlook, alerts));
            if (forecast != null) {
                Foresight ahead =
                        OutlookFile.read(outlook)
                                .orElseThrow(() -> new UserMistake(TOO_SHORT.formatted(ranks)));
                new ForecastWriter(series, order).write(ahead, forecast);
            }
            return new DetectionWriter(series, order, ScoreFile.read(scores, ranks, columns));
        }
    }

    private void run(ScratchDirectory scratch, DetectionJob job) throws Exception {
        Configuration options = new Configuration(configuration);
        // A recording is read anew after a failure: there is nothing to resume.
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // The rows are in the order of their times, where a far one leaves no other behind.
        options.set(OxbowOptions.TIME_MAX_JUMP, Duration.ZERO);
        options.addAll(JobConfiguration.defaultsBeside(options));
        options.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        job.build(environment, options);
        try (LocalCluster cluster = LocalCluster.start(options, 1, 0, scratch.path())) {
            cluster.submit(environment).await();
        }
    }

    private static void write(CsvSeries series, TimeOrder order, Path file) throws IOException {
        float[] values = new float[series.valueNames().size()];
        LastValues gaps = firstValues(series, order);
        try (ObservationFile.Writer out = new ObservationFile.Writer(file)) {
            for (int row : order.rows()) {
                for (int column = 0; column < values.length; column++) {
                    values[column] = (float) series.value(row, column);
                }
                gaps.fill(values);
                out.write(series.timeMillis(row), values);
            }
        }
    }

    /** A column that begins late begins with its first value, not with a leap to it. */
    private static LastValues firstValues(CsvSeries series, TimeOrder order) {
        int columns = series.valueNames().size();
        LastValues first = new LastValues(columns);
        for (int column = 0; column < columns; column++) {
            int rank = order.firstValue(series, column);
            if (rank < order.rows().length) {
                first.begin(column, (float) series.value(order.rows()[rank], column));
            }
        }
        return first;
    }
}
