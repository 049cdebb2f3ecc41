package io.oxbow.flink.inference;

import io.oxbow.arch.ModelFiles;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Model files whose weights must have one SHA-256, or any. The weights are read once: they are
 * digested on the way and compared when closed. Not thread-safe.
 */
final class VerifiedModelFiles implements ModelFiles {
    private static final String WEIGHTS = ".safetensors";

    private final ModelFiles files;
    private final String sha256;
    private final Set<String> digests = new HashSet<>();
    private boolean verified;

    /**
     * @param sha256 64 hexadecimal digits, lower case; null for any
     */
    VerifiedModelFiles(ModelFiles files, String sha256) {
        this.files = files;
        this.sha256 = sha256;
    }

    @Override
    public Kind kind(String location) throws IOException {
        return files.kind(location);
    }

    @Override
    public Content open(String location) throws IOException {
        Content content = files.open(location);
        if (!location.endsWith(WEIGHTS)) {
            return content;
        }
        return new Content(new Verifying(location, content.stream()), content.length());
    }

    /** Whether weights were read, and were the right ones. */
    boolean verified() {
        return verified;
    }

    /** That of all weights read; empty if none were, or files of several. */
    String digest() {
        return digests.size() == 1 ? digests.iterator().next() : "";
    }

    private final class Verifying extends FilterInputStream {
        private final String location;
        private final MessageDigest digest;

        Verifying(String location, InputStream in) {
            this(location, in, newDigest());
        }

        private Verifying(String location, InputStream in, MessageDigest digest) {
            super(new DigestInputStream(in, digest));
            this.location = location;
            this.digest = digest;
        }

        @Override
        public void close() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
            super.close();
            String found = HexFormat.of().formatHex(digest.digest());
            digests.add(found);
            if (sha256 != null && !found.equals(sha256)) {
                throw new IOException(
                        "'" + location + "' has the SHA-256 " + found + ", not " + sha256);
            }
            verified = true;
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must provide SHA-256", e);
        }
    }
}
