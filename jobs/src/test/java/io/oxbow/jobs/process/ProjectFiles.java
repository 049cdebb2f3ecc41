package io.oxbow.jobs.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the project that belong to no module. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /** The file or folder of that name below the project's root. */
    public static Path named(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/options.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve(name);
    }
}
