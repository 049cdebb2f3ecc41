package io.oxbow.ingest.video;

import io.oxbow.ingest.StreamSettings;
import java.util.OptionalLong;

/**
 * How a video becomes a stream.
 *
 * @param source a file or an address such as {@code rtsp://host/path}
 * @param startMillis event time of a file's first frame, milliseconds since the epoch. If empty: at
 *     the real rate now, at the greatest rate so that the file ends now. Of a camera's address the
 *     clock on the wall is used throughout
 * @param loop whether a file begins again when it ends, its event time going on
 * @param keepsFrames whether pictures are written too, as JPEG
 */
public record VideoIngestSettings(
        String source,
        StreamSettings stream,
        VideoOptions video,
        OptionalLong startMillis,
        boolean loop,
        boolean keepsFrames) {}
