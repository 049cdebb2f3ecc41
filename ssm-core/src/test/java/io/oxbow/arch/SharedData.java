package io.oxbow.arch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The reference data that lies beside the project on some machines. */
public final class SharedData {

    private SharedData() {}

    /** The folder {@code name}, or a skipped test with one line that says so. */
    public static Path folder(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            System.out.println("skipped: no ../shared/" + name + " beside the project");
        }
        Assumptions.assumeTrue(found.isPresent(), "no ../shared/" + name);
        return found.orElseThrow();
    }

    private static Optional<Path> find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve(name);
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
