package io.oxbow.jobs.ingest;

import io.oxbow.ingest.csv.SeriesColumns;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which columns of a table make a time series. */
public class SeriesArguments extends TimeArguments {

    @Option(
            names = "--value-columns",
            split = ",",
            paramLabel = "C",
            description =
                    "Names of the columns of values, with commas between, a name that holds a comma"
                            + " in double quotes; every column of numbers if not given.")
    private List<String> valueColumns = List.of();

    public final SeriesColumns columns() {
        return columns(valueColumns);
    }
}
