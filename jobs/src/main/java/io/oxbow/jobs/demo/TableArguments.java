package io.oxbow.jobs.demo;

import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.ingest.RowProblems;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that show a table of one's own. */
final class TableArguments {

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "Read this delimiter-separated file once, as fast as it goes.")
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

    TableFile source(OutputOptions output) {
        return new TableFile(
                file,
                new SeriesColumns(timeColumn, valueColumns, timeFormat, zone),
                new RowProblems(output, file));
    }
}
