package io.oxbow.ingest.csv;

import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.SourceFiles;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the records of a delimiter-separated file one at a time: RFC 4180 quoting, any line ending,
 * a byte order mark, blank lines skipped. The delimiter (comma, semicolon, tab or bar) is the most
 * frequent one in the header. One thread.
 */
public final class CsvReader implements Closeable {
    /** A longer record means that the file is not what it was taken for. */
    static final int MAX_RECORD_CHARS = 1 << 20;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int END = -1;
    private static final int GZIP = 0x1f8b;

    private final Reader reader;
    private final String source;
    private final StringBuilder field = new StringBuilder();
    private final List<String> fields = new ArrayList<>();
    private final Deque<Row> ahead = new ArrayDeque<>();
    private final CsvHeader header;
    private char delimiter;
    private int pushedBack = -2;
    private long nextLine = 1;
    private long line;
    private int recordChars;

    /** A record that was read to understand the header. */
    private record Row(long line, List<String> fields) {}

    private CsvReader(Reader reader, String source) throws IOException {
        this.reader = reader;
        this.source = source;
        this.delimiter = detectDelimiter();
        if (!readRecord()) {
            throw new SourceException(source + " is empty; its first line must name the columns.");
        }
        List<String> names = new ArrayList<>(fields.size());
        fields.forEach(name -> names.add(name.strip()));
        lookAhead();
        lookAhead();
        if (hasRowNumbers(names.size())) {
            names.add(0, "");
        }
        this.header = new CsvHeader(source, names);
    }

    /**
     * Opens a file and reads its header. It is UTF-8, or UTF-16 where a byte order mark says so;
     * damaged characters become U+FFFD.
     */
    public static CsvReader open(Path file) throws IOException {
        SourceFiles.require(file.toString());
        String source = file.getFileName().toString();
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        int mark = bytes.read() << 8 | bytes.read();
        bytes.reset();
        if (mark == GZIP) {
            bytes.close();
            throw new SourceException(source + " is packed with gzip; unpack it first.");
        }
        boolean wide = mark == 0xfeff || mark == 0xfffe;
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        Reader characters =
                new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE));
        return of(characters, source);
    }

    /** Reads from characters; closes them when the header cannot be read. */
    public static CsvReader of(Reader characters, String source) throws IOException {
        BufferedReader buffered = new BufferedReader(characters, 1 << 16);
        try {
            return new CsvReader(buffered, source);
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }

    public CsvHeader header() {
        return header;
    }

    public char delimiter() {
        return delimiter;
    }

    /** Goes to the next record; false at the end. */
    public boolean next() throws IOException {
        Row row = ahead.poll();
        if (row == null) {
            return readRecord();
        }
        line = row.line();
        fields.clear();
        fields.addAll(row.fields());
        return true;
    }

    /** Line of the file on which the current record begins, from 1. */
    public long line() {
        return line;
    }

    public int fieldCount() {
        return fields.size();
    }

    public String field(int index) {
        return fields.get(index);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private void lookAhead() throws IOException {
        if (readRecord()) {
            ahead.add(new Row(line, List.copyOf(fields)));
        }
    }

    /** One row that is too long is damage; that all are is a column without a name. */
    private boolean hasRowNumbers(int names) {
        for (Row row : ahead) {
            if (row.fields().size() != names + 1) {
                return false;
            }
        }
        return !ahead.isEmpty() && !ahead.peek().fields().get(names).isBlank();
    }

    private char detectDelimiter() throws IOException {
        reader.mark(1 << 16);
        int[] counts = new int[DELIMITERS.length];
        boolean quoted = false;
        boolean content = false;
        for (int i = 0; i < 1 << 16; i++) {
            int c = reader.read();
            if (c == END || (!quoted && content && (c == '\n' || c == '\r'))) {
                break;
            }
            content |= !Character.isWhitespace(c);
            quoted ^= c == '"';
            for (int d = 0; d < DELIMITERS.length && !quoted; d++) {
                counts[d] += c == DELIMITERS[d] ? 1 : 0;
            }
        }
        reader.reset();
        int best = 0;
        for (int d = 1; d < DELIMITERS.length; d++) {
            best = counts[d] > counts[best] ? d : best;
        }
        return DELIMITERS[best];
    }

    private boolean readRecord() throws IOException {
        do {
            fields.clear();
            recordChars = 0;
            int c = read();
            if (nextLine == 1 && c == '\uFEFF') {
                c = read();
            }
            if (c == END) {
                return false;
            }
            line = nextLine;
            readFields(c);
        } while (isBlank());
        return true;
    }

    private void readFields(int first) throws IOException {
        int c = first;
        while (true) {
            c = c == '"' ? readQuoted() : readPlain(c);
            fields.add(field.toString());
            if (c != delimiter) {
                break;
            }
            c = read();
        }
        if (c != END) {
            pushedBack = endLine(c);
        }
    }

    private boolean isBlank() {
        return fields.size() == 1 && fields.get(0).isBlank();
    }

    /** Reads a bare field that begins with {@code c}; returns the character after it. */
    private int readPlain(int c) throws IOException {
        field.setLength(0);
        return appendPlain(c);
    }

    /**
     * Text between a closing quote and the delimiter belongs to the field, as spreadsheets hold.
     */
    private int appendPlain(int first) throws IOException {
        int c = first;
        while (c != END && c != delimiter && c != '\n' && c != '\r') {
            field.append((char) c);
            c = read();
        }
        return c;
    }

    /** Reads what follows an opening quote; returns the character after the field. */
    private int readQuoted() throws IOException {
        field.setLength(0);
        while (true) {
            int c = read();
            if (c == END) {
                throw new SourceException(
                        "%s, line %d: a quoted field is never closed.".formatted(source, line));
            }
            if (c == '"') {
                int after = read();
                if (after != '"') {
                    return appendPlain(after);
                }
            } else if (c == '\n') {
                nextLine++;
            }
            field.append((char) c);
        }
    }

    /** Counts the line that ends with {@code c}; returns the first character of the next. */
    private int endLine(int c) throws IOException {
        nextLine++;
        int after = read();
        return c == '\r' && after == '\n' ? read() : after;
    }

    private int read() throws IOException {
        if (pushedBack != -2) {
            int c = pushedBack;
            pushedBack = -2;
            return c;
        }
        if (++recordChars > MAX_RECORD_CHARS) {
            throw new SourceException(
                    "%s, line %d: a record is longer than %d characters; this is not a CSV file."
                            .formatted(source, nextLine, MAX_RECORD_CHARS));
        }
        return reader.read();
    }
}
