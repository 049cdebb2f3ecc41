package io.oxbow.jobs.detect;

import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.plan.EvidenceKind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes one row per row of the input, in the input's order: {@code time} as it was written, the
 * values, {@code score}, {@code pValue}, the forecast of each value and {@code evidence}, the kind
 * that an unusual row rests on most. What is not known is empty: all four where the row could not
 * be scored, the p-value while the model is warming up, the evidence where nothing is unusual.
 */
final class DetectionWriter {
    private static final int NONE = -1;
    private static final int EVIDENCE = 2;
    private static final EvidenceKind[] KINDS = EvidenceKind.values();

    private final CsvSeries series;
    private final int columns;
    private final float[] scores;
    private final int[] rankOfRow;

    /** Until then a column has said nothing, and a stand-in for its value was forecast. */
    private final int[] firstRank;

    /**
     * @param scores as {@link ScoreFile#read} gives them
     */
    DetectionWriter(CsvSeries series, TimeOrder order, float[] scores) {
        this.series = series;
        this.columns = series.valueNames().size();
        this.scores = scores;
        this.rankOfRow = new int[series.rows()];
        Arrays.fill(rankOfRow, NONE);
        for (int rank = 0; rank < order.rows().length; rank++) {
            rankOfRow[order.rows()[rank]] = rank;
        }
        this.firstRank = new int[columns];
        for (int column = 0; column < columns; column++) {
            firstRank[column] = order.firstValue(series, column);
        }
    }

    /** How many rows have a score. */
    int scored() {
        int scored = 0;
        for (int row = 0; row < series.rows(); row++) {
            scored += Float.isNaN(score(row, 0)) ? 0 : 1;
        }
        return scored;
    }

    void write(Path file) throws IOException {
        StringBuilder line = new StringBuilder();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(
                    header(series.valueNames()).stream()
                            .map(DetectionWriter::quoted)
                            .collect(Collectors.joining(",")));
            out.write('\n');
            for (int row = 0; row < series.rows(); row++) {
                line.setLength(0);
                appendRow(line, row);
                out.append(line);
            }
        }
    }

    /** The names of the columns written, each once: a value's gives way to one of ours. */
    static List<String> header(List<String> valueNames) {
        List<String> after = new ArrayList<>(List.of("score", "pValue"));
        if (valueNames.size() == 1) {
            after.add("forecast");
        } else {
            valueNames.forEach(name -> after.add("forecast_" + name));
        }
        after.add("evidence");
        Set<String> ours = new HashSet<>(after);
        ours.addAll(List.of("time", "forecast"));
        Set<String> taken = new HashSet<>(valueNames);
        taken.addAll(ours);
        List<String> header = new ArrayList<>(List.of("time"));
        for (String name : valueNames) {
            String unique = name;
            while (ours.contains(name) && !taken.add(unique)) {
                unique += "_value";
            }
            header.add(unique);
        }
        header.addAll(after);
        return header;
    }

    private void appendRow(StringBuilder line, int row) {
        line.append(quoted(series.timeText(row)));
        for (int column = 0; column < columns; column++) {
            line.append(',');
            append(line, series.value(row, column));
        }
        for (int field = 0; field < ScoreFile.JUDGEMENTS + columns; field++) {
            float value = score(row, field);
            if (field != EVIDENCE) {
                line.append(',');
                line.append(Float.isNaN(value) ? "" : Float.toString(value));
            }
        }
        float evidence = score(row, EVIDENCE);
        line.append(',');
        if (!Float.isNaN(evidence)) {
            line.append(KINDS[(int) evidence].name().toLowerCase(Locale.ROOT));
        }
        line.append('\n');
    }

    private float score(int row, int field) {
        int rank = rankOfRow[row];
        int forecast = field - ScoreFile.JUDGEMENTS;
        if (rank == NONE || (forecast >= 0 && rank <= firstRank[forecast])) {
            return Float.NaN;
        }
        return scores[rank * (ScoreFile.JUDGEMENTS + columns) + field];
    }

    private static void append(StringBuilder line, double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(value) < 1e15) {
            line.append(whole);
        } else if (!Double.isNaN(value)) {
            line.append(value);
        }
    }

    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
