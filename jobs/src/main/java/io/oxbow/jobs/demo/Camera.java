package io.oxbow.jobs.demo;

import io.oxbow.flink.event.Observation;
import java.io.IOException;

/**
 * A camera whose pictures are encoded as they come. Its event time moves with its pictures, not
 * with the clock on the wall. One thread.
 */
interface Camera extends AutoCloseable {

    /** The features of the next picture. */
    Observation next() throws IOException;

    @Override
    void close() throws IOException;
}
