package io.oxbow.ingest;

import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.SensorReading;
import java.io.IOException;

/**
 * Where events go. What is taken may be stored later; each method throws if its event or an earlier
 * one cannot be delivered. One thread at a time.
 */
public interface EventSink {

    void features(Features event) throws IOException;

    void frame(Frame event) throws IOException;

    void reading(SensorReading event) throws IOException;

    /**
     * Returns when all events taken so far are stored.
     *
     * @throws IOException if one of them is not
     */
    void flush() throws IOException;
}
