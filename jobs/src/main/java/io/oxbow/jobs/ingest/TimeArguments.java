package io.oxbow.jobs.ingest;

import io.oxbow.ingest.csv.SeriesColumns;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where a table's times are and how they are written. */
public class TimeArguments {

    @Option(
            names = "--time-column",
            required = true,
            paramLabel = "C",
            description = "Name of the column of times.")
    private String timeColumn;

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

    /** Name of the column of times. */
    public final String timeColumn() {
        return timeColumn;
    }

    /** The series of these values at these times. */
    public final SeriesColumns columns(List<String> values) {
        return new SeriesColumns(timeColumn, values, timeFormat, zone);
    }
}
