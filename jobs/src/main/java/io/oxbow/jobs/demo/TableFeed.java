package io.oxbow.jobs.demo;

import io.oxbow.ingest.Rate;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.ingest.csv.CsvProblem;
import io.oxbow.ingest.csv.SensorRows;
import io.oxbow.ingest.csv.SeriesReader;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.event.SensorReading;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A table's rows as a sensor's readings, at the table's own times, until its end. */
final class TableFeed implements Feed {
    private static final int STEPS_LOOKED_AT = 100;

    private final StreamSettings settings;
    private final SeriesReader rows;
    private final Consumer<CsvProblem> problems;
    private final Deque<SensorReading> ahead = new ArrayDeque<>();
    private long seq;
    private boolean ended;

    /**
     * @param rows closed with this feed
     */
    TableFeed(String streamId, SeriesReader rows, Consumer<CsvProblem> problems) {
        this.settings = new StreamSettings(streamId, System.currentTimeMillis(), Rate.MAX);
        this.rows = rows;
        this.problems = problems;
    }

    /**
     * Milliseconds from row to row, over the first of them; 0 if there is but one. They are sent
     * all the same.
     */
    long rowMillis() throws IOException {
        while (ahead.size() <= STEPS_LOOKED_AT && !ended) {
            read();
        }
        int steps = ahead.size() - 1;
        return steps < 1
                ? 0
                : (ahead.getLast().getEventTime() - ahead.getFirst().getEventTime()) / steps;
    }

    private void read() throws IOException {
        if (!rows.next()) {
            ended = true;
            return;
        }
        if (rows.problem() != null) {
            problems.accept(new CsvProblem(rows.line(), rows.problem()));
        }
        if (rows.isReadable()) {
            ahead.add(SensorRows.reading(rows, settings, seq++));
        }
    }

    @Override
    public int send(EventProducer producer) throws IOException {
        if (ahead.isEmpty()) {
            read();
        }
        if (ahead.isEmpty()) {
            return 0;
        }
        producer.send(EventTypes.SENSOR_READING, ahead.remove());
        return 1;
    }

    @Override
    public boolean over() {
        return ended && ahead.isEmpty();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
