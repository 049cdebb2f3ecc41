package io.oxbow.ingest.csv;

import io.oxbow.ingest.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Reads a time series row by row in constant memory. Every row of the file is shown, also the
 * damaged ones: {@link #problem()} says what is wrong, an unreadable or missing value is NaN, an
 * unreadable time is {@link CsvTime#NONE}. One thread.
 */
public final class SeriesReader implements Closeable {
    private final CsvReader reader;
    private final CsvTime time;
    private final int timeColumn;
    private final int[] valueColumns;
    private final List<String> valueNames;
    private final double[] values;
    private boolean waiting;
    private long timeMillis;
    private String problem;

    private SeriesReader(CsvReader reader, SeriesColumns columns) throws IOException {
        this.reader = reader;
        this.timeColumn = reader.header().indexOf(columns.time());
        this.time = timeOf(columns);
        this.waiting = reader.next();
        if (!waiting) {
            throw new SourceException(reader.header().source() + " has no rows below its header.");
        }
        this.valueColumns = columns.values().isEmpty() ? numeric() : named(columns.values());
        this.valueNames = new ArrayList<>(valueColumns.length);
        for (int column : valueColumns) {
            valueNames.add(reader.header().names().get(column));
        }
        this.values = new double[valueColumns.length];
    }

    /**
     * Opens a file.
     *
     * @throws SourceException if there is no such file or column, or no row
     */
    public static SeriesReader open(Path file, SeriesColumns columns) throws IOException {
        return over(CsvReader.open(file), columns);
    }

    /** Reads on from the header of {@code reader}, which this reader then owns. */
    public static SeriesReader over(CsvReader reader, SeriesColumns columns) throws IOException {
        try {
            return new SeriesReader(reader, columns);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Names of the values, in the order of {@link #value}. */
    public List<String> valueNames() {
        return List.copyOf(valueNames);
    }

    /** Goes to the next row; false at the end. */
    public boolean next() throws IOException {
        if (!waiting && !reader.next()) {
            return false;
        }
        waiting = false;
        problem = null;
        timeMillis = timeColumn < reader.fieldCount() ? time.parse(timeText()) : CsvTime.NONE;
        if (timeMillis == CsvTime.NONE) {
            problem = "\"" + timeText() + "\" is not a time";
        }
        for (int i = 0; i < valueColumns.length; i++) {
            values[i] = readValue(valueColumns[i]);
        }
        return true;
    }

    /** Line of the file on which the row begins, from 1. */
    public long line() {
        return reader.line();
    }

    /** The time as written. */
    public String timeText() {
        return timeColumn < reader.fieldCount() ? reader.field(timeColumn) : "";
    }

    /** Milliseconds since 1970, UTC, or {@link CsvTime#NONE}. */
    public long timeMillis() {
        return timeMillis;
    }

    /** The value of a column, NaN if missing or unreadable. */
    public double value(int index) {
        return values[index];
    }

    /** What is wrong with this row, or null. */
    public String problem() {
        return problem;
    }

    /**
     * Whether this row is one of the series: it has a time, and damage, if there is any, left one
     * of its values. A row of gaps alone says that the sensor was there.
     */
    public boolean isReadable() {
        boolean readable = problem == null;
        for (double value : values) {
            readable |= !Double.isNaN(value);
        }
        return readable && timeMillis != CsvTime.NONE;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private double readValue(int column) {
        if (column >= reader.fieldCount()) {
            problem =
                    "there are only %d of %d fields"
                            .formatted(reader.fieldCount(), reader.header().names().size());
            return Double.NaN;
        }
        String text = reader.field(column);
        if (CsvNumber.isMissing(text)) {
            return Double.NaN;
        }
        double value = CsvNumber.parse(text);
        if (Double.isNaN(value) && problem == null) {
            problem =
                    "\"%s\" in column %s is not a number"
                            .formatted(abbreviate(text), reader.header().names().get(column));
        }
        return value;
    }

    private static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private int[] named(List<String> names) throws SourceException {
        LinkedHashSet<Integer> columns = new LinkedHashSet<>();
        for (String name : names) {
            columns.add(reader.header().indexOf(name));
        }
        return toArray(columns);
    }

    private int[] numeric() throws SourceException {
        LinkedHashSet<Integer> columns = new LinkedHashSet<>();
        for (int i = 0; waiting && i < reader.fieldCount(); i++) {
            boolean candidate =
                    i != timeColumn
                            && i < reader.header().names().size()
                            && !reader.header().names().get(i).isEmpty();
            if (candidate
                    && (CsvNumber.isMissing(reader.field(i))
                            || !Double.isNaN(CsvNumber.parse(reader.field(i))))) {
                columns.add(i);
            }
        }
        if (columns.isEmpty()) {
            throw new SourceException(
                    reader.header().source() + " has no column of numbers beside its time column.");
        }
        return toArray(columns);
    }

    private static int[] toArray(LinkedHashSet<Integer> columns) {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    private static CsvTime timeOf(SeriesColumns columns) throws SourceException {
        if (columns.timePattern().isEmpty()) {
            return CsvTime.detecting(columns.zone());
        }
        try {
            return CsvTime.ofPattern(columns.timePattern(), columns.zone());
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    "\"%s\" is not a pattern of times: %s."
                            .formatted(columns.timePattern(), e.getMessage()),
                    e);
        }
    }
}
