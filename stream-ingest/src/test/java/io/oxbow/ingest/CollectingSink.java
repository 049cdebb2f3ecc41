package io.oxbow.ingest;

import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.SensorReading;
import java.util.ArrayList;
import java.util.List;

/** Keeps the events in memory. */
public final class CollectingSink implements EventSink {
    private final List<Object> events = new ArrayList<>();
    private int flushedEvents;

    @Override
    public synchronized void features(Features event) {
        events.add(event);
    }

    @Override
    public synchronized void frame(Frame event) {
        events.add(event);
    }

    @Override
    public synchronized void reading(SensorReading event) {
        events.add(event);
    }

    @Override
    public synchronized void flush() {
        flushedEvents = events.size();
    }

    /** The events of a kind, in order. */
    public synchronized <R> List<R> events(Class<R> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How many events there were at the last flush. */
    public synchronized int flushedEvents() {
        return flushedEvents;
    }
}
