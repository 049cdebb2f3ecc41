package io.oxbow.jobs.detect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A temporary file of what the operator said of the rows it took: the row's place in the operator's
 * order (8 bytes), score, p-value, the kind of evidence, then one forecast a column (4 bytes each).
 * A row that is not in it was refused.
 */
final class ScoreFile {
    /** Numbers of a record before its forecasts: score, p-value, kind of evidence. */
    static final int JUDGEMENTS = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private ScoreFile() {}

    /** Appends records. */
    static final class Writer implements AutoCloseable {
        private final DataOutputStream out;
        private final int columns;

        Writer(Path file, int columns) throws IOException {
            this.out =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
            this.columns = columns;
        }

        /**
         * Appends one; a model without a forecast leaves it empty.
         *
         * @param evidence ordinal of the leading kind, or NaN
         */
        void write(long rank, float score, float pValue, float evidence, float[] forecast)
                throws IOException {
            out.writeLong(rank);
            out.writeFloat(score);
            out.writeFloat(pValue);
            out.writeFloat(evidence);
            for (int i = 0; i < columns; i++) {
                out.writeFloat(i < forecast.length ? forecast[i] : Float.NaN);
            }
        }

        void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads all of it, a record's numbers a rank; NaN where there is no record. */
    static float[] read(Path file, int ranks, int columns) throws IOException {
        int width = JUDGEMENTS + columns;
        float[] scores = new float[Math.multiplyExact(ranks, width)];
        Arrays.fill(scores, Float.NaN);
        long recordBytes = Long.BYTES + (long) width * Float.BYTES;
        long records = Files.size(file) / recordBytes;
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            for (long record = 0; record < records; record++) {
                int at = Math.multiplyExact(Math.toIntExact(in.readLong()), width);
                for (int i = 0; i < width; i++) {
                    scores[at + i] = in.readFloat();
                }
            }
        }
        return scores;
    }
}
