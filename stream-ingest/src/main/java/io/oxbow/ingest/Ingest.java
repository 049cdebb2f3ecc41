package io.oxbow.ingest;

import java.io.IOException;

/** Writes one source to one stream. Used once; one thread, except {@link #stop}. */
public interface Ingest {

    /**
     * Writes until the source ends, or until told to stop.
     *
     * @return what was written, all of it stored
     * @throws SourceException if the source cannot be read as asked
     * @throws IOException if events cannot be delivered
     */
    IngestProgress run() throws IOException;

    /** Ends {@link #run} soon, from any thread. */
    void stop();
}
