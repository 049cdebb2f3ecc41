package io.oxbow.arch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@link ModelFiles} on the default file system. */
final class LocalModelFiles implements ModelFiles {

    @Override
    public Kind kind(String location) throws IOException {
        Path path = path(location);
        if (Files.isDirectory(path)) {
            return Kind.DIRECTORY;
        }
        return Files.exists(path) ? Kind.FILE : Kind.MISSING;
    }

    @Override
    public Content open(String location) throws IOException {
        Path path = path(location);
        return new Content(new BufferedInputStream(Files.newInputStream(path)), Files.size(path));
    }

    private static Path path(String location) throws IOException {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new IOException("'" + location + "' is not a path", e);
        }
    }
}
