package io.oxbow.ingest;

import java.nio.charset.StandardCharsets;

/**
 * How events of one stream are written.
 *
 * @param streamId name of the stream
 * @param epoch raised whenever the numbering of the events starts anew, commonly the time of the
 *     start
 */
public record StreamSettings(String streamId, long epoch, Rate rate) {
    private static final int LONGEST_NAME = 512;

    public StreamSettings {
        int length = streamId.getBytes(StandardCharsets.UTF_8).length;
        if (streamId.isBlank() || length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a stream's name has 1 to %d bytes, not %d".formatted(LONGEST_NAME, length));
        }
    }
}
