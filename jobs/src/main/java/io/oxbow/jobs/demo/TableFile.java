package io.oxbow.jobs.demo;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.summary.SummaryOptions;
import io.oxbow.ingest.csv.CsvProblem;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.ingest.csv.SeriesReader;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;

/**
 * One delimiter-separated file, read once from its first row to its last, as fast as it goes.
 *
 * @param problems told of every row that is left out, on the thread that reads
 */
record TableFile(Path file, SeriesColumns columns, Consumer<CsvProblem> problems)
        implements DemoSource {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int ROWS_A_WINDOW = 12;

    @Override
    public FeedSet open(FrameEncoders encoders) throws IOException {
        SeriesReader rows = SeriesReader.open(file, columns);
        List<String> names = rows.valueNames();
        TableFeed feed = new TableFeed(name(), rows, problems);
        Configuration options = new Configuration();
        options.set(OxbowOptions.MODEL_INPUT_DIM, names.size());
        options.set(SummaryOptions.CHANNEL_NAMES, names);
        options.set(SummaryOptions.WINDOW, windows(feed));
        return new FeedSet(
                List.of(feed),
                Double.POSITIVE_INFINITY,
                options,
                "the rows of " + file.getFileName() + " with " + String.join(", ", names));
    }

    /** Lengths of time that hold a dozen rows or more, by how far the first rows lie apart. */
    private static List<Duration> windows(TableFeed feed) throws IOException {
        try {
            boolean severalAnHour = feed.rowMillis() * ROWS_A_WINDOW <= HOUR.toMillis();
            return severalAnHour ? List.of(HOUR, DAY) : List.of(DAY, WEEK);
        } catch (IOException e) {
            feed.close();
            throw e;
        }
    }

    /** The stream is called as the file is, without what comes after its last dot. */
    private String name() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
