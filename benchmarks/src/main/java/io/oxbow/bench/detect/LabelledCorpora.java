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
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the public collections of labelled series that lie below a folder. */
final class LabelledCorpora {
    private static final String NAB_LABELS = "labels/combined_windows.json";
    private static final List<String> SKAB_LABELS = List.of("anomaly", "changepoint");

    /** Rows at the start of a Skoltech recording that no published comparison scores. */
    private static final int SKAB_WARM_UP = 400;

    private static final String TEST = "_test.npz";
    private static final Pattern PAIR = Pattern.compile("\\[(\\d+), ?(\\d+)\\]");

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
                all.add(series(name, csv, ranges(csv, (Json.Arr) windows.get(name)), 0));
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
            all.add(series(name, csv, labelled(csv), SKAB_WARM_UP));
        }
        return all;
    }

    /**
     * The telemetry of Hundman et al. 2018, one channel each: {@code <craft>/<channel>_train.npz}
     * and then {@code _test.npz} as one stream of a row a minute, ranked from where the test
     * begins; labels in {@code <craft>/labeled_anomalies.csv}.
     */
    static List<LabelledSeries> telemetry(Path folder) throws IOException {
        List<Path> tests;
        try (Stream<Path> below = Files.walk(folder)) {
            tests = below.filter(f -> f.toString().endsWith(TEST)).sorted().toList();
        }
        List<LabelledSeries> all = new ArrayList<>();
        for (Path test : tests) {
            String file = test.getFileName().toString();
            String channel = file.substring(0, file.length() - TEST.length());
            float[] before =
                    NumpyArchive.floats(test.resolveSibling(channel + "_train.npz"), "value");
            float[] after = NumpyArchive.floats(test, "value");
            float[][] values = new float[before.length + after.length][1];
            long[] times = new long[values.length];
            for (int row = 0; row < values.length; row++) {
                values[row][0] = row < before.length ? before[row] : after[row - before.length];
                times[row] = row * 60_000L;
            }
            List<RowRange> anomalies =
                    sequences(test.resolveSibling("labeled_anomalies.csv"), channel, before.length);
            String name = folder.relativize(test.resolveSibling(channel)).toString();
            all.add(new LabelledSeries(name, times, values, anomalies, before.length));
        }
        return all;
    }

    private static List<RowRange> sequences(Path labels, String channel, int offset)
            throws IOException {
        List<RowRange> ranges = new ArrayList<>();
        for (String line : Files.readAllLines(labels)) {
            if (line.startsWith(channel + ",")) {
                Matcher pairs = PAIR.matcher(line);
                while (pairs.find()) {
                    int first = Integer.parseInt(pairs.group(1));
                    int last = Integer.parseInt(pairs.group(2));
                    ranges.add(new RowRange(offset + first, offset + last));
                }
            }
        }
        ranges.sort(Comparator.comparingInt(RowRange::first));
        return ranges;
    }

    private static LabelledSeries series(
            String name, CsvSeries csv, List<RowRange> anomalies, int judgedFrom) {
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
        return new LabelledSeries(name, times, values, anomalies, judgedFrom);
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
