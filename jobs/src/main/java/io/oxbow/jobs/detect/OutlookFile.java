package io.oxbow.jobs.detect;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.StreamSignal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/** A temporary file of what the operator expected after the last row; written by one subtask. */
final class OutlookFile implements Sink<StreamSignal> {
    private static final long serialVersionUID = 1;

    private final String file;

    OutlookFile(Path file) {
        this.file = file.toString();
    }

    @Override
    public SinkWriter<StreamSignal> createWriter(WriterInitContext context) throws IOException {
        DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(file)));
        return new SinkWriter<>() {
            @Override
            public void write(StreamSignal signal, Context context) throws IOException {
                if (signal instanceof Foresight foresight) {
                    serializer().serialize(foresight, new DataOutputViewStreamWrapper(out));
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

    /** Empty if nothing was expected. */
    static Optional<Foresight> read(Path file) throws IOException {
        if (Files.size(file) == 0) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return Optional.of(serializer().deserialize(new DataInputViewStreamWrapper(in)));
        }
    }

    private static TypeSerializer<Foresight> serializer() {
        return EventTypes.FORESIGHT.createSerializer(new SerializerConfigImpl());
    }
}
