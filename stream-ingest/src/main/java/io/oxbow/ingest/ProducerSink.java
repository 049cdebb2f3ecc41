package io.oxbow.ingest;

import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.SensorReading;
import java.io.IOException;

/** Events to their topics; the producer stays its owner's. */
public final class ProducerSink implements EventSink {
    private final EventProducer producer;

    public ProducerSink(EventProducer producer) {
        this.producer = producer;
    }

    @Override
    public void features(Features event) throws IOException {
        producer.send(EventTypes.FEATURES, event);
    }

    @Override
    public void frame(Frame event) throws IOException {
        producer.send(EventTypes.FRAME, event);
    }

    @Override
    public void reading(SensorReading event) throws IOException {
        producer.send(EventTypes.SENSOR_READING, event);
    }

    @Override
    public void flush() throws IOException {
        producer.flush();
    }
}
