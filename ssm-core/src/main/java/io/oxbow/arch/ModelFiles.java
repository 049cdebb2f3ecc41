package io.oxbow.arch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where model files are read from: a disk, or any file system that knows directories by a path with
 * slashes.
 */
public interface ModelFiles {

    /** What stands at a location. */
    enum Kind {
        FILE,
        DIRECTORY,
        MISSING
    }

    /**
     * An open file. The caller closes it.
     *
     * @param stream from the first byte
     * @param length bytes of the file
     */
    record Content(InputStream stream, long length) implements Closeable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    Kind kind(String location) throws IOException;

    Content open(String location) throws IOException;

    /** Files of this machine. */
    static ModelFiles local() {
        return new LocalModelFiles();
    }
}
