package io.oxbow.ingest;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that people name. */
public final class SourceFiles {
    private static final String SCHEME = "file:";

    private SourceFiles() {}

    /**
     * The file of that name, with or without {@code file:} before it.
     *
     * @throws SourceException if there is none, or it may not be read
     */
    public static Path require(String name) throws SourceException {
        Path file;
        try {
            file = Path.of(name.startsWith(SCHEME) ? name.substring(SCHEME.length()) : name);
        } catch (InvalidPathException e) {
            throw new SourceException("\"" + name + "\" is not a file name.", e);
        }
        if (Files.isDirectory(file)) {
            throw new SourceException(name + " is a directory; name a file.");
        }
        if (!Files.exists(file)) {
            throw new SourceException("There is no file " + name + ".");
        }
        if (!Files.isReadable(file)) {
            throw new SourceException("The file " + name + " may not be read by this user.");
        }
        return file;
    }
}
