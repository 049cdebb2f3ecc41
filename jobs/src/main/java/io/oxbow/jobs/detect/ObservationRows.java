package io.oxbow.jobs.detect;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamEvent;
import java.nio.file.Path;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Makes observations of the rows of an {@link ObservationFile}. The rows must be asked for in
 * order, by one subtask, as an unbroken sequence from 0 is; their index becomes their sequence
 * number. Asked for one more, it asks what is expected next.
 */
final class ObservationRows implements GeneratorFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1;

    private final String stream;
    private final String file;
    private final int columns;
    private final long count;
    private transient ObservationFile.Reader rows;
    private transient long lastTime;

    ObservationRows(String stream, Path file, int columns, long count) {
        this.stream = stream;
        this.file = file.toString();
        this.columns = columns;
        this.count = count;
    }

    @Override
    public void open(SourceReaderContext context) throws Exception {
        rows = new ObservationFile.Reader(Path.of(file), columns);
    }

    @Override
    public StreamEvent map(Long index) throws Exception {
        if (index == count) {
            return new Query("ahead", stream, "", "forecast", 0, 0, 0, 0, 0, lastTime, "");
        }
        long eventTime = rows.readTime();
        lastTime = eventTime;
        return new Observation(
                stream,
                0,
                index,
                eventTime,
                eventTime,
                0,
                rows.readValues(),
                Health.OK,
                Origin.NONE);
    }

    @Override
    public void close() throws Exception {
        if (rows != null) {
            rows.close();
        }
    }
}
