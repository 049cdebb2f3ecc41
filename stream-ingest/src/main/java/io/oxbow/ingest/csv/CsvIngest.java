package io.oxbow.ingest.csv;

import io.oxbow.ingest.EventSink;
import io.oxbow.ingest.Ingest;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Pace;
import io.oxbow.ingest.ProgressMeter;
import io.oxbow.ingest.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a time series and writes a sensor reading per row, in the file's order and at the file's
 * own times. A row with an unreadable time or value is left out and reported; a missing value is
 * marked as missing.
 */
public final class CsvIngest implements Ingest {
    private final Path file;
    private final SeriesColumns columns;
    private final StreamSettings settings;
    private final EventSink sink;
    private final Pace pace;
    private final ProgressMeter meter;
    private final Consumer<CsvProblem> problems;

    /**
     * @param progress called once a second
     * @param problems called for every row left out
     */
    public CsvIngest(
            Path file,
            SeriesColumns columns,
            StreamSettings settings,
            EventSink sink,
            Consumer<IngestProgress> progress,
            Consumer<CsvProblem> problems) {
        this.file = file;
        this.columns = columns;
        this.settings = settings;
        this.sink = sink;
        this.pace = new Pace(settings.rate());
        this.meter = new ProgressMeter(progress);
        this.problems = problems;
    }

    @Override
    public IngestProgress run() throws IOException {
        try (SeriesReader reader = SeriesReader.open(file, columns)) {
            while (!pace.isStopped() && reader.next()) {
                if (reader.problem() != null) {
                    meter.skipped(1);
                    problems.accept(new CsvProblem(reader.line(), reader.problem()));
                } else if (pace.await(reader.timeMillis())) {
                    write(reader);
                }
            }
        }
        sink.flush();
        return meter.progress();
    }

    @Override
    public void stop() {
        pace.stop();
    }

    private void write(SeriesReader reader) throws IOException {
        sink.reading(SensorRows.reading(reader, settings, meter.events()));
        meter.wrote(reader.timeMillis(), (long) reader.valueNames().size() * Float.BYTES);
    }
}
