package io.oxbow.jobs.ingest;

import io.oxbow.jobs.cli.JsonLines;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of feature vectors, a line a vector: CSV with a header, or JSON lines. */
final class FeatureFile implements Closeable {
    private final BufferedWriter writer;
    private final boolean json;

    private record Row(double time, float[] features) {}

    private FeatureFile(BufferedWriter writer, boolean json) {
        this.writer = writer;
        this.json = json;
    }

    /** Creates the file, or empties it. The ending decides the form. */
    static FeatureFile create(Path path, int features) throws IOException {
        FeatureFile file =
                new FeatureFile(Files.newBufferedWriter(path), path.toString().endsWith(".jsonl"));
        if (!file.json) {
            file.writer.write("time");
            for (int i = 0; i < features; i++) {
                file.writer.write(",f" + i);
            }
            file.writer.write('\n');
        }
        return file;
    }

    void write(double seconds, float[] vectors, int offset, int dim) throws IOException {
        float[] features = Arrays.copyOfRange(vectors, offset, offset + dim);
        if (json) {
            writer.write(JsonLines.of(new Row(seconds, features)));
        } else {
            writer.write(Double.toString(seconds));
            for (float feature : features) {
                writer.write(',');
                writer.write(Float.toString(feature));
            }
        }
        writer.write('\n');
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
