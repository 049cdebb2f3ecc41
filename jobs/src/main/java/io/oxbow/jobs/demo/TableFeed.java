package io.oxbow.jobs.demo;

import io.oxbow.ingest.Rate;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.ingest.csv.CsvProblem;
import io.oxbow.ingest.csv.SensorRows;
import io.oxbow.ingest.csv.SeriesReader;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventTypes;
import java.io.IOException;
import java.util.function.Consumer;

/** A table's rows as a sensor's readings, at the table's own times, until its end. */
final class TableFeed implements Feed {
    private final StreamSettings settings;
    private final SeriesReader rows;
    private final Consumer<CsvProblem> problems;
    private long seq;
    private boolean over;

    /**
     * @param rows closed with this feed
     */
    TableFeed(String streamId, SeriesReader rows, Consumer<CsvProblem> problems) {
        this.settings = new StreamSettings(streamId, System.currentTimeMillis(), Rate.MAX);
        this.rows = rows;
        this.problems = problems;
    }

    @Override
    public int send(EventProducer producer) throws IOException {
        if (!rows.next()) {
            over = true;
            return 0;
        }
        if (rows.problem() != null) {
            problems.accept(new CsvProblem(rows.line(), rows.problem()));
        }
        if (!rows.isReadable()) {
            return 0;
        }
        producer.send(EventTypes.SENSOR_READING, SensorRows.reading(rows, settings, seq++));
        return 1;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
