package io.oxbow.bench.chaos;

import io.oxbow.flink.event.Observation;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import org.apache.flink.configuration.Configuration;

/** Writes {@link SensorEvents} at a steady rate, in a thread of its own, until told to end. */
final class EventFeed {
    private static final int PER_SECOND = 240;

    private final Configuration options;
    private final SensorEvents events;
    private final Thread thread = new Thread(this::feed, "oxbow-chaos-feed");
    private volatile boolean over;
    private IOException failure;
    private long sent;

    EventFeed(Configuration options, long seed) {
        this.options = options;
        this.events = new SensorEvents(seed);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Sends the last events and ends.
     *
     * @return how many were sent before the last ones
     */
    long end() throws IOException, InterruptedException {
        over = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return sent;
    }

    /** Writes the same events again, as fast as can be. */
    static void replay(Configuration options, long seed, long count) throws IOException {
        SensorEvents events = new SensorEvents(seed);
        try (EventProducer producer = new EventProducer(options)) {
            for (long i = 0; i < count; i++) {
                producer.send(EventMappings.OBSERVATION, events.next());
            }
            finish(producer, events);
        }
    }

    private void feed() {
        try (EventProducer producer = new EventProducer(options)) {
            long start = System.nanoTime();
            while (!over) {
                producer.send(EventMappings.OBSERVATION, events.next());
                sent++;
                long ahead = start + sent * 1_000_000_000L / PER_SECOND - System.nanoTime();
                if (ahead > 0) {
                    Thread.sleep(ahead / 1_000_000, (int) (ahead % 1_000_000));
                }
            }
            finish(producer, events);
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void finish(EventProducer producer, SensorEvents events) throws IOException {
        for (Observation last : events.last()) {
            producer.send(EventMappings.OBSERVATION, last);
        }
        producer.flush();
    }
}
