package io.oxbow.jobs.demo;

import io.oxbow.jobs.encoding.FrameEncoders;
import java.io.IOException;

/** Where a demo's events come from. */
sealed interface DemoSource permits MadeUpPlaces, VideoFile, TableFile {

    /**
     * Opens it.
     *
     * @param encoders of pictures; stay open as long as the feeds run
     * @throws io.oxbow.ingest.SourceException if a file cannot be played
     */
    FeedSet open(FrameEncoders encoders) throws IOException;
}
