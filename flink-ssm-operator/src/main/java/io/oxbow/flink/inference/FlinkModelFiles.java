package io.oxbow.flink.inference;

import io.oxbow.arch.ModelFiles;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** {@link ModelFiles} on every file system Flink knows. */
final class FlinkModelFiles implements ModelFiles {

    @Override
    public Kind kind(String location) throws IOException {
        try {
            return status(location).isDir() ? Kind.DIRECTORY : Kind.FILE;
        } catch (FileNotFoundException e) {
            return Kind.MISSING;
        }
    }

    @Override
    public Content open(String location) throws IOException {
        Path path = path(location);
        long length = status(location).getLen();
        return new Content(new BufferedInputStream(path.getFileSystem().open(path)), length);
    }

    private static FileStatus status(String location) throws IOException {
        Path path = path(location);
        return path.getFileSystem().getFileStatus(path);
    }

    private static Path path(String location) throws IOException {
        try {
            return new Path(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + location + "' is not an address of a file", e);
        }
    }
}
