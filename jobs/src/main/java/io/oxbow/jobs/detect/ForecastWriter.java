package io.oxbow.jobs.detect;

import io.oxbow.flink.event.Foresight;
import io.oxbow.ingest.csv.CsvSeries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes what is expected after a file's last row, a row an event to come: {@code step} from 1,
 * {@code time} in UTC, and for each value what is forecast, one standard error of such forecasts
 * below it and one above. The events are taken to come as far apart as the median of the file's.
 */
final class ForecastWriter {
    private final CsvSeries series;
    private final TimeOrder order;

    ForecastWriter(CsvSeries series, TimeOrder order) {
        this.series = series;
        this.order = order;
    }

    void write(Foresight foresight, Path file) throws IOException {
        int horizon = foresight.horizon();
        int columns = series.valueNames().size();
        long step = medianGap();
        long last = series.timeMillis(order.rows()[order.rows().length - 1]);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(String.join(",", header(series.valueNames())) + "\n");
            for (int h = 0; h < horizon; h++) {
                StringBuilder line = new StringBuilder();
                line.append(h + 1).append(',').append(Instant.ofEpochMilli(last + (h + 1) * step));
                for (int column = 0; column < columns; column++) {
                    int at = column * horizon + h;
                    line.append(',').append(foresight.expected()[at]);
                    line.append(',').append(foresight.low()[at]);
                    line.append(',').append(foresight.high()[at]);
                }
                out.append(line).append('\n');
            }
        }
    }

    /** The names of the columns written. */
    static List<String> header(List<String> valueNames) {
        List<String> header = new ArrayList<>(List.of("step", "time"));
        for (String name : valueNames) {
            String suffix = valueNames.size() == 1 ? "" : "_" + name;
            header.add(DetectionWriter.quoted("forecast" + suffix));
            header.add(DetectionWriter.quoted("low" + suffix));
            header.add(DetectionWriter.quoted("high" + suffix));
        }
        return header;
    }

    private long medianGap() {
        int[] rows = order.rows();
        long[] gaps = new long[Math.max(1, rows.length - 1)];
        for (int rank = 1; rank < rows.length; rank++) {
            gaps[rank - 1] = series.timeMillis(rows[rank]) - series.timeMillis(rows[rank - 1]);
        }
        Arrays.sort(gaps);
        return gaps[gaps.length / 2];
    }
}
