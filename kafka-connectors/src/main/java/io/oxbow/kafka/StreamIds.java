package io.oxbow.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The rules for a stream's name. */
final class StreamIds {
    /** Longest name, UTF-8 bytes: it is repeated in every event and every key of the state. */
    static final int MAX_LENGTH = 512;

    private StreamIds() {}

    /** Whether the name may be repeated in other events, right or wrong. */
    static boolean isName(String streamId) {
        return !streamId.isEmpty()
                && streamId.getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
    }

    /**
     * @param key of the Kafka record, or null if it has none
     * @throws EventDecodingException if the name is none, or another than the key says
     */
    static void check(String streamId, byte[] key) throws EventDecodingException {
        byte[] name = streamId.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0) {
            throw new EventDecodingException("The event names no stream.");
        }
        if (name.length > MAX_LENGTH) {
            throw new EventDecodingException(
                    "The stream's name has "
                            + name.length
                            + " bytes; "
                            + MAX_LENGTH
                            + " are allowed.");
        }
        if (key != null && key.length > 0 && !Arrays.equals(key, name)) {
            throw new EventDecodingException(
                    "The record's key is not the event's stream '" + streamId + "'.");
        }
    }
}
