package io.oxbow.jobs.detect;

import io.oxbow.flink.event.Inference;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes inferences to a {@link ScoreFile}; one subtask. */
final class ScoreSink implements Sink<Inference> {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int columns;

    ScoreSink(Path file, int columns) {
        this.file = file.toString();
        this.columns = columns;
    }

    @Override
    public SinkWriter<Inference> createWriter(WriterInitContext context) throws IOException {
        ScoreFile.Writer out = new ScoreFile.Writer(Path.of(file), columns);
        return new SinkWriter<>() {
            @Override
            public void write(Inference inference, Context context) throws IOException {
                int kind = inference.leadingEvidence();
                out.write(
                        inference.seq(),
                        inference.score(),
                        inference.pValue(),
                        kind < 0 ? Float.NaN : kind,
                        inference.forecast());
            }

            @Override
            public void flush(boolean endOfInput) throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
