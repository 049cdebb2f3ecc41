package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.core.fs.Path;

/** The bytes of a picture, wherever they lie: any file system Flink knows. */
final class PictureBytes {
    private static final int MAX_BYTES = 32 << 20;

    private PictureBytes() {}

    static byte[] of(Recording recording) throws RecordingException {
        if (recording.uri().isEmpty()) {
            return recording.bytes();
        }
        byte[] bytes = read(recording.uri());
        if (!sha256(bytes).equalsIgnoreCase(recording.sha256())) {
            throw new RecordingException(
                    "what lies at " + recording.uri() + " is not what was checked in there");
        }
        return bytes;
    }

    private static byte[] read(String uri) throws RecordingException {
        Path path;
        try {
            path = new Path(uri);
        } catch (IllegalArgumentException e) {
            throw new RecordingException("\"" + uri + "\" is no address of a picture", e);
        }
        try (InputStream in = path.getFileSystem().open(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RecordingException(
                        "the picture at " + uri + " has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new RecordingException(
                    "the picture at " + uri + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must provide SHA-256", e);
        }
    }
}
