package io.oxbow.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A 64-bit identity of bytes: the first eight bytes, big-endian, of their SHA-256. */
public final class Fingerprint {

    private Fingerprint() {}

    public static long of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Starts an identity of parts that come one after the other. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects bytes. Not thread-safe. */
    public static final class Builder {
        private final MessageDigest digest = sha256();

        private Builder() {}

        /** Adds a text, closed so that it cannot run into the next part. */
        public Builder add(String text) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return this;
        }

        /** Adds the remaining bytes of {@code part} and leaves its position alone. */
        public Builder add(ByteBuffer part) {
            digest.update(part.duplicate());
            return this;
        }

        /** The identity of all parts so far; the builder is used up. */
        public long value() {
            return ByteBuffer.wrap(digest.digest()).getLong();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must provide SHA-256", e);
        }
    }
}
