package io.oxbow.jobs.detect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file of rows in the order in which the operator shall see them: event time (8 bytes),
 * then one float a column. Written by the command, read once by the job's source.
 */
final class ObservationFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private ObservationFile() {}

    /** Appends rows. */
    static final class Writer implements AutoCloseable {
        private final DataOutputStream out;

        Writer(Path file) throws IOException {
            out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
        }

        void write(long eventTime, float[] values) throws IOException {
            out.writeLong(eventTime);
            for (float value : values) {
                out.writeFloat(value);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads the rows from the first to the last. */
    static final class Reader implements AutoCloseable {
        private final DataInputStream in;
        private final int columns;

        Reader(Path file, int columns) throws IOException {
            this.in =
                    new DataInputStream(
                            new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
            this.columns = columns;
        }

        long readTime() throws IOException {
            return in.readLong();
        }

        float[] readValues() throws IOException {
            float[] values = new float[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = in.readFloat();
            }
            return values;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
