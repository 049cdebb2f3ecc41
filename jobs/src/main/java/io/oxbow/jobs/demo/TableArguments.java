package io.oxbow.jobs.demo;

import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.ingest.RowProblems;
import io.oxbow.jobs.ingest.SeriesArguments;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that show a table of one's own. */
final class TableArguments extends SeriesArguments {

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "Read this delimiter-separated file once, as fast as it goes.")
    private Path file;

    TableFile source(OutputOptions output) {
        return new TableFile(file, columns(), new RowProblems(output, file));
    }
}
