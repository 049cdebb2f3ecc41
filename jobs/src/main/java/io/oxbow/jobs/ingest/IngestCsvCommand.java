package io.oxbow.jobs.ingest;

import io.oxbow.ingest.StreamSettings;
import io.oxbow.ingest.csv.CsvIngest;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.ingest.csv.SeriesReader;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.OutputOptions;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Parameters(paramLabel = "SOURCE", description = "The file, with a header line.")
    private Path file;

    @Option(
            names = "--time-column",
            required = true,
            paramLabel = "C",
            description = "Name of the column of times.")
    private String timeColumn;

    @Option(
            names = "--value-columns",
            split = ",",
            paramLabel = "C",
            description =
                    "Names of the columns of values, with commas between; every column of numbers"
                            + " if not given.")
    private List<String> valueColumns = List.of();

    @Option(
            names = "--time-format",
            defaultValue = "",
            paramLabel = "PATTERN",
            description = "Pattern of the times, for example 'dd/MM/yyyy HH:mm'.")
    private String timeFormat;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of times that do not say, for example Europe/Vienna; UTC if unset.")
    private ZoneId zone = ZoneOffset.UTC;

    @Override
    public Integer call() throws Exception {
        StreamSettings settings = stream.settings();
        SeriesColumns columns = new SeriesColumns(timeColumn, valueColumns, timeFormat, zone);
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
