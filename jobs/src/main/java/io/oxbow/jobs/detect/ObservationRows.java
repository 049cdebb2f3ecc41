package io.oxbow.jobs.detect;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import java.nio.file.Path;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Makes observations of the rows of an {@link ObservationFile}. The rows must be asked for in
 * order, by one subtask, as an unbroken sequence from 0 is; their index becomes their sequence
 * number.
 */
final class ObservationRows implements GeneratorFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1;

    private final String stream;
    private final String file;
    private final int columns;
    private transient ObservationFile.Reader rows;

    ObservationRows(String stream, Path file, int columns) {
        this.stream = stream;
        this.file = file.toString();
        this.columns = columns;
    }

    @Override
    public void open(SourceReaderContext context) throws Exception {
        rows = new ObservationFile.Reader(Path.of(file), columns);
    }

    @Override
    public StreamEvent map(Long index) throws Exception {
        long eventTime = rows.readTime();
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
