package io.oxbow.ingest.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole time series in memory: one entry per row of the file, in the file's order, the damaged
 * rows included, so that results can be written beside the rows they belong to. Immutable.
 */
public final class CsvSeries {
    private final List<String> valueNames;
    private final List<String> timeTexts;
    private final long[] times;
    private final long[] lines;
    private final double[] values;
    private final List<CsvProblem> problems;

    private CsvSeries(
            List<String> valueNames,
            List<String> timeTexts,
            long[] times,
            long[] lines,
            double[] values,
            List<CsvProblem> problems) {
        this.valueNames = valueNames;
        this.timeTexts = timeTexts;
        this.times = times;
        this.lines = lines;
        this.values = values;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @throws io.oxbow.ingest.SourceException if there is no such file or column
     */
    public static CsvSeries read(Path file, SeriesColumns columns) throws IOException {
        try (SeriesReader reader = SeriesReader.open(file, columns)) {
            return drain(reader);
        }
    }

    static CsvSeries drain(SeriesReader reader) throws IOException {
        List<String> names = reader.valueNames();
        List<String> timeTexts = new ArrayList<>();
        List<CsvProblem> problems = new ArrayList<>();
        long[] times = new long[1024];
        long[] lines = new long[1024];
        double[] values = new double[1024 * names.size()];
        int rows = 0;
        while (reader.next()) {
            if (rows == times.length) {
                times = Arrays.copyOf(times, 2 * rows);
                lines = Arrays.copyOf(lines, 2 * rows);
                values = Arrays.copyOf(values, 2 * rows * names.size());
            }
            timeTexts.add(reader.timeText());
            times[rows] = reader.timeMillis();
            lines[rows] = reader.line();
            for (int i = 0; i < names.size(); i++) {
                values[rows * names.size() + i] = reader.value(i);
            }
            if (reader.problem() != null) {
                problems.add(new CsvProblem(reader.line(), reader.problem()));
            }
            rows++;
        }
        return new CsvSeries(
                names,
                List.copyOf(timeTexts),
                Arrays.copyOf(times, rows),
                Arrays.copyOf(lines, rows),
                Arrays.copyOf(values, rows * names.size()),
                List.copyOf(problems));
    }

    public int rows() {
        return times.length;
    }

    public List<String> valueNames() {
        return valueNames;
    }

    /** The time of a row as written. */
    public String timeText(int row) {
        return timeTexts.get(row);
    }

    /** Milliseconds since 1970, UTC, or {@link CsvTime#NONE}. */
    public long timeMillis(int row) {
        return times[row];
    }

    /** Line of the file on which a row begins, from 1. */
    public long line(int row) {
        return lines[row];
    }

    /** A value, NaN if missing or unreadable. */
    public double value(int row, int column) {
        return values[row * valueNames.size() + column];
    }

    /** What is wrong with which rows; empty for a clean file. */
    public List<CsvProblem> problems() {
        return problems;
    }
}
