package io.oxbow.ingest.audio;

import io.oxbow.ingest.StreamSettings;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a sound becomes a stream.
 *
 * @param chunk length of the stretch that one feature vector describes, 30 ms to 1 min
 * @param startMillis event time of the first sample, milliseconds since the epoch. If empty: at the
 *     real rate now, at the greatest rate so that the file ends now
 */
public record AudioIngestSettings(
        String source, StreamSettings stream, Duration chunk, OptionalLong startMillis) {
    public static final Duration STANDARD_CHUNK = Duration.ofMillis(250);

    public AudioIngestSettings {
        if (chunk.toMillis() < 30 || chunk.toMillis() > 60_000) {
            throw new IllegalArgumentException(
                    "a chunk of sound lasts 30 ms to 1 min, not %d ms".formatted(chunk.toMillis()));
        }
    }
}
