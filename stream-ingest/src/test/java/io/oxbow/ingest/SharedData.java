package io.oxbow.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real recordings that may lie in {@code shared/data} beside the project. */
public final class SharedData {
    private SharedData() {}

    /** The file, or an aborted test and one line that says so. */
    public static Path require(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            System.out.println("Skipped: there is no ../shared/data/" + name + " on this machine.");
        }
        Assumptions.assumeTrue(found.isPresent(), "no ../shared/data/" + name);
        return found.orElseThrow();
    }

    private static Optional<Path> find(String name) {
        Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        for (; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
