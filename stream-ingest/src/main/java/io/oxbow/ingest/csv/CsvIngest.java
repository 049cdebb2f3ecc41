package io.oxbow.ingest.csv;

import io.oxbow.ingest.EventSink;
import io.oxbow.ingest.Ingest;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Pace;
import io.oxbow.ingest.ProgressMeter;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a time series and writes a sensor reading per row, in the file's order and at the file's
 * own times. A missing value is marked as missing; so is an unreadable one, which is reported. A
 * row is left out, and reported, if its time cannot be read or none of its values can.
 */
public final class CsvIngest implements Ingest {
    private final Path file;
    private final SeriesColumns columns;
    private final StreamSettings settings;
    private final EventSink sink;
    private final Pace pace;
    private final ProgressMeter meter;
    private final Consumer<CsvProblem> problems;
    private CsvProblem first;

    /**
     * @param progress called once a second
     * @param problems called for every row of which something cannot be read
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
                    report(new CsvProblem(reader.line(), reader.problem()));
                }
                if (!reader.isReadable()) {
                    meter.skipped(1);
                } else if (pace.await(reader.timeMillis())) {
                    write(reader);
                }
            }
        }
        sink.flush();
        if (meter.events() == 0 && !pace.isStopped()) {
            throw new SourceException(
                    "No row of %s could be read; line %d: %s."
                            .formatted(file.getFileName(), first.line(), first.text()));
        }
        return meter.progress();
    }

    @Override
    public void stop() {
        pace.stop();
    }

    private void report(CsvProblem problem) {
        if (first == null) {
            first = problem;
        }
        problems.accept(problem);
    }

    private void write(SeriesReader reader) throws IOException {
        sink.reading(SensorRows.reading(reader, settings, meter.events()));
        meter.wrote(reader.timeMillis(), (long) reader.valueNames().size() * Float.BYTES);
    }
}
