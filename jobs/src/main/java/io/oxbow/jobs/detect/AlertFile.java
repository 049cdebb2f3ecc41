package io.oxbow.jobs.detect;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A file of what became unusual and when it was over, a row each time: {@code phase} is open or
 * close, {@code opened} names the alert, and the column that surprised most is given with what was
 * expected of it, what was seen, and their distance in standard errors of the forecast; {@code
 * evidence} are the kinds it rests on, the strongest first. Times in UTC. Written by one subtask.
 */
final class AlertFile implements Sink<Anomaly> {
    static final String HEADER =
            "phase,opened,time,score,pValue,column,expected,seen,sigma,text,evidence\n";

    private static final String NOVELTY = "novelty";
    private static final long serialVersionUID = 1;

    private final String file;
    private final ArrayList<String> names;

    /**
     * @param names of the columns, in the order of the stream's channels
     */
    AlertFile(Path file, List<String> names) {
        this.file = file.toString();
        this.names = new ArrayList<>(names);
    }

    @Override
    public SinkWriter<Anomaly> createWriter(WriterInitContext context) throws IOException {
        BufferedWriter out = Files.newBufferedWriter(Path.of(file));
        out.write(HEADER);
        return new SinkWriter<>() {
            @Override
            public void write(Anomaly anomaly, Context context) throws IOException {
                // Silence after the last row is the end of the file, not of the sensor.
                if (anomaly.kind().equals(NOVELTY)) {
                    out.append(row(anomaly)).append('\n');
                }
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

    private String row(Anomaly anomaly) {
        String reason = ",,,";
        if (!anomaly.attribution().isEmpty()) {
            Attribution main = anomaly.attribution().get(0);
            reason =
                    DetectionWriter.quoted(names.get(main.channel()))
                            + ","
                            + main.expected()
                            + ","
                            + main.seen()
                            + ","
                            + main.sigma();
        }
        return String.join(
                ",",
                anomaly.phase().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(anomaly.openedAt()).toString(),
                Instant.ofEpochMilli(anomaly.eventTime()).toString(),
                Float.toString(anomaly.score()),
                Float.toString(anomaly.pValue()),
                reason,
                DetectionWriter.quoted(anomaly.text()),
                anomaly.evidence().stream().map(Evidence::kind).collect(Collectors.joining(" ")));
    }
}
