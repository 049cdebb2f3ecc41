package io.oxbow.bench.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * This machine's files under the scheme {@code faulty}, on a disk that is full or slow when told:
 * while there is a file {@code full} in the folder of faults, nothing can be written; while there
 * is a file {@code slow}, every write takes a while. Each refusal adds a byte to {@code refused}.
 */
final class FaultyFileSystem extends LocalFileSystem {
    static final String SCHEME = "faulty";

    private static final String FULL = "full";
    private static final String SLOW = "slow";
    private static final String REFUSED = "refused";
    private static final long SLOW_MILLIS = 40;

    private final java.nio.file.Path faults;

    FaultyFileSystem(java.nio.file.Path faults) {
        this.faults = faults;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":/");
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
        suffer();
        return new FaultyStream(super.create(path, overwrite), this);
    }

    /** What the disk does to a write. */
    void suffer() throws IOException {
        if (Files.exists(faults.resolve(FULL))) {
            Files.write(
                    faults.resolve(REFUSED),
                    new byte[1],
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            throw new IOException("No space left on device");
        }
        if (Files.exists(faults.resolve(SLOW))) {
            try {
                Thread.sleep(SLOW_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while writing", e);
            }
        }
    }

    /** Lets every process's disk be full for a while. */
    static void fill(java.nio.file.Path faults, Duration length)
            throws IOException, InterruptedException {
        hold(faults.resolve(FULL), length);
    }

    /** Lets every process's disk be slow for a while. */
    static void slow(java.nio.file.Path faults, Duration length)
            throws IOException, InterruptedException {
        hold(faults.resolve(SLOW), length);
    }

    /** How many writes a full disk has refused. */
    static long refused(java.nio.file.Path faults) throws IOException {
        java.nio.file.Path file = faults.resolve(REFUSED);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void hold(java.nio.file.Path mark, Duration length)
            throws IOException, InterruptedException {
        Files.createDirectories(mark.getParent());
        Files.createFile(mark);
        try {
            Thread.sleep(length.toMillis());
        } finally {
            Files.delete(mark);
        }
    }
}
