package io.oxbow.jobs.demo;

import io.oxbow.kafka.EventProducer;
import java.io.IOException;

/**
 * One stream of a demo. Its event time moves with its events, not with the clock on the wall. One
 * thread.
 */
interface Feed extends AutoCloseable {

    /**
     * Sends what comes next.
     *
     * @return how many events that was
     */
    int send(EventProducer producer) throws IOException;

    /** Whether nothing comes any more. */
    default boolean over() {
        return false;
    }

    @Override
    void close() throws IOException;
}
