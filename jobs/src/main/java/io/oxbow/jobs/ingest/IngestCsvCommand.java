package io.oxbow.jobs.ingest;

import io.oxbow.ingest.StreamSettings;
import io.oxbow.ingest.csv.CsvIngest;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.ingest.csv.SeriesReader;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.OutputOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the rows of a table to Kafka as a sensor's readings. */
@Command(
        name = "csv",
        description = {
            "Write a sensor reading per row of a delimiter-separated file.",
            "A missing value is marked as missing; so is one that cannot be read, which is named on"
                    + " stderr. A row whose time cannot be read, or none of its values, is left out."
        })
final class IngestCsvCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;
    @Mixin private StreamArguments stream;
    @Mixin private SeriesArguments series;

    @Parameters(paramLabel = "SOURCE", description = "The file, with a header line.")
    private Path file;

    @Override
    public Integer call() throws Exception {
        StreamSettings settings = stream.settings();
        SeriesColumns columns = series.columns();
        // A wrong name is said at once, without waiting for the broker.
        SeriesReader.open(file, columns).close();
        RowProblems problems = new RowProblems(output, file);
        IngestRun run = new IngestRun(output);
        run.run(
                settings.streamId(),
                file.toString(),
                arguments,
                sink -> new CsvIngest(file, columns, settings, sink, run::progress, problems));
        problems.tellOthers();
        return 0;
    }
}
