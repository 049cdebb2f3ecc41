package io.oxbow.encode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of an encoder: the first eight bytes, big-endian, of the SHA-256 of a text that names
 * all that decides what a vector means, such as {@code luma-motion-64.v1}.
 */
public final class EncoderIdentity {

    private EncoderIdentity() {}

    public static long hashOf(String identity) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(identity.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK must provide SHA-256", e);
        }
    }
}
