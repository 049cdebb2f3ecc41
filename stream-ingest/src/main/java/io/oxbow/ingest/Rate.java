package io.oxbow.ingest;

/** How fast a recording is played. */
public enum Rate {
    /** As fast as it happened. */
    REAL,
    /** As fast as it can be read. */
    MAX
}
