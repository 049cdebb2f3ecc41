package io.oxbow.jobs.encoding;

import io.oxbow.jobs.EncoderOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;

/**
 * A model's file on this machine, where native code can open it: the file itself, or a copy of one
 * that lies elsewhere, deleted when closed.
 *
 * @param path of the file or its copy
 * @param sha256 64 hexadecimal digits, lower case
 */
record ModelFile(Path path, String sha256, boolean copied) implements AutoCloseable {

    /**
     * Reads the file once.
     *
     * @param location on any file system Flink knows
     * @throws UserMistake if it is not there or cannot be read
     */
    static ModelFile of(String location) {
        try {
            var path = new org.apache.flink.core.fs.Path(location);
            FileSystem files = path.getFileSystem();
            FileStatus status = files.getFileStatus(path);
            if (status.isDir()) {
                throw new UserMistake(
                        "'" + location + "' is a directory: name the model's file in " + option());
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(files.open(path), digest)) {
                if (files.isDistributedFS()) {
                    Path copy = copy(in, path.getName());
                    return new ModelFile(copy, hex(digest), true);
                }
                in.transferTo(OutputStream.nullOutputStream());
                return new ModelFile(Path.of(path.getPath()), hex(digest), false);
            }
        } catch (FileNotFoundException e) {
            throw new UserMistake(
                    "there is no file '" + location + "': name an image model in " + option(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserMistake(
                    "the image model '%s' in %s cannot be read: %s"
                            .formatted(location, option(), e.getMessage()),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must provide SHA-256", e);
        }
    }

    private static Path copy(InputStream in, String name) throws IOException {
        Path copy = Files.createTempFile("oxbow-", "-" + name);
        try (OutputStream out = Files.newOutputStream(copy)) {
            in.transferTo(out);
            return copy;
        } catch (IOException e) {
            Files.delete(copy);
            throw e;
        }
    }

    private static String option() {
        return EncoderOptions.MODEL.key();
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        if (copied) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
