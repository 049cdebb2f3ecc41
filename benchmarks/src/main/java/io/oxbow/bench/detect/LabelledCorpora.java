package io.oxbow.bench.detect;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.CsvTime;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the public collections of labelled series that lie below a folder. */
final class LabelledCorpora {
    private static final String NAB_LABELS = "labels/combined_windows.json";
    private static final List<String> SKAB_LABELS = List.of("anomaly", "changepoint");

    private LabelledCorpora() {}

    /**
     * The Numenta Anomaly Benchmark: {@code data/<group>/<file>.csv} with columns timestamp and
     * value, windows in {@code labels/combined_windows.json}. Files that are not there are left
     * out.
     */
    static List<LabelledSeries> nab(Path folder) throws IOException {
        Json.Obj windows = (Json.Obj) Json.parse(Files.readString(folder.resolve(NAB_LABELS)));
        List<LabelledSeries> all = new ArrayList<>();
        for (String name : windows.members().keySet().stream().sorted().toList()) {
            Path file = folder.resolve("data").resolve(name);
            if (Files.exists(file)) {
                CsvSeries csv =
                        CsvSeries.read(file, SeriesColumns.of("timestamp", List.of("value")));
                all.add(series(name, csv, ranges(csv, (Json.Arr) windows.get(name))));
            }
        }
        return all;
    }

    /**
     * The Skoltech Anomaly Benchmark: folders of files with eight channels and the column anomaly.
     * The recordings without anomalies are left out.
     */
    static List<LabelledSeries> skab(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(folder)) {
            files =
                    below.filter(f -> f.toString().endsWith(".csv"))
                            .filter(f -> !f.toString().contains("anomaly-free"))
                            .sorted()
                            .toList();
        }
        List<LabelledSeries> all = new ArrayList<>();
        for (Path file : files) {
            CsvSeries csv = CsvSeries.read(file, SeriesColumns.of("datetime", List.of()));
            String name = folder.relativize(file).toString();
            all.add(series(name, csv, labelled(csv)));
        }
        return all;
    }

    private static LabelledSeries series(String name, CsvSeries csv, List<RowRange> anomalies) {
        List<String> channels = new ArrayList<>(csv.valueNames());
        channels.removeAll(SKAB_LABELS);
        long[] times = new long[csv.rows()];
        float[][] values = new float[csv.rows()][channels.size()];
        for (int row = 0; row < times.length; row++) {
            times[row] = csv.timeMillis(row);
            for (int c = 0; c < channels.size(); c++) {
                int column = csv.valueNames().indexOf(channels.get(c));
                values[row][c] = (float) csv.value(row, column);
            }
        }
        return new LabelledSeries(name, times, values, anomalies);
    }

    /** Windows are given by the times of their first and last row. */
    private static List<RowRange> ranges(CsvSeries csv, Json.Arr windows) {
        long[] times = new long[csv.rows()];
        Arrays.setAll(times, csv::timeMillis);
        CsvTime time = CsvTime.detecting(ZoneOffset.UTC);
        List<RowRange> ranges = new ArrayList<>();
        for (Json window : windows.elements()) {
            List<Json> ends = ((Json.Arr) window).elements();
            int first = firstAtOrAfter(times, time.parse(((Json.Str) ends.get(0)).value()));
            int beyond = firstAtOrAfter(times, time.parse(((Json.Str) ends.get(1)).value()) + 1);
            ranges.add(new RowRange(first, beyond - 1));
        }
        return ranges;
    }

    private static int firstAtOrAfter(long[] times, long time) {
        int row = 0;
        while (row < times.length && times[row] < time) {
            row++;
        }
        return row;
    }

    private static List<RowRange> labelled(CsvSeries csv) {
        int column = csv.valueNames().indexOf("anomaly");
        List<RowRange> ranges = new ArrayList<>();
        int first = -1;
        for (int row = 0; row <= csv.rows(); row++) {
            boolean labelled = row < csv.rows() && csv.value(row, column) > 0.5;
            if (labelled && first < 0) {
                first = row;
            } else if (!labelled && first >= 0) {
                ranges.add(new RowRange(first, row - 1));
                first = -1;
            }
        }
        return ranges;
    }
}
