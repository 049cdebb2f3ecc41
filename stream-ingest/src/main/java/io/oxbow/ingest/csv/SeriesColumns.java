package io.oxbow.ingest.csv;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which columns of a file make a time series.
 *
 * @param time name of the time column
 * @param values names of the value columns; empty for every other column that holds numbers
 * @param timePattern pattern of the times as in {@link java.time.format.DateTimeFormatter}, or
 *     empty to recognise the common forms
 * @param zone where the clock hung, for times that do not say
 */
public record SeriesColumns(String time, List<String> values, String timePattern, ZoneId zone) {
    public SeriesColumns {
        values = List.copyOf(values);
    }

    /** Times in a common form, UTC unless they say otherwise. */
    public static SeriesColumns of(String time, List<String> values) {
        return new SeriesColumns(time, values, "", ZoneOffset.UTC);
    }
}
