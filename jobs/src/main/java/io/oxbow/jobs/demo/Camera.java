package io.oxbow.jobs.demo;

import io.oxbow.flink.event.Observation;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.io.IOException;

/** A camera whose pictures are encoded as they come. One thread. */
interface Camera extends Feed {

    /** The features of the next picture. */
    Observation next() throws IOException;

    @Override
    default int send(EventProducer producer) throws IOException {
        producer.send(EventMappings.OBSERVATION, next());
        return 1;
    }
}
