package io.oxbow.bench.chaos;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;

/** A file being written on a {@link FaultyFileSystem}. */
final class FaultyStream extends FSDataOutputStream {
    private final FSDataOutputStream file;
    private final FaultyFileSystem disk;

    FaultyStream(FSDataOutputStream file, FaultyFileSystem disk) {
        this.file = file;
        this.disk = disk;
    }

    @Override
    public void write(int value) throws IOException {
        disk.suffer();
        file.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        disk.suffer();
        file.write(bytes, offset, length);
    }

    @Override
    public long getPos() throws IOException {
        return file.getPos();
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    @Override
    public void sync() throws IOException {
        disk.suffer();
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
