package io.oxbow.jobs.demo;

import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Sends to Kafka what the feeds have, one after the other, at a steady rate as long as the machine
 * keeps up. Ends when every feed is over or when asked to, with everything sent stored.
 */
final class FeedThread implements AutoCloseable {
    private static final long JOIN_MILLIS = 20_000;

    private final List<Feed> feeds;
    private final long nanosPerEvent;
    private final ReadableConfig options;
    private final Thread thread = new Thread(this::work, "oxbow-feeds");

    private volatile boolean stopping;
    private volatile boolean over;
    private volatile long sent;
    private volatile long workedNanos;
    private volatile Exception failure;

    /**
     * @param perSecond events of each feed; infinity for as fast as it goes
     */
    FeedThread(List<Feed> feeds, double perSecond, ReadableConfig options) {
        this.feeds = List.copyOf(feeds);
        this.nanosPerEvent = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.options = options;
    }

    void start() {
        thread.start();
    }

    /** Events sent so far, of all feeds. */
    long sent() {
        return sent;
    }

    /** Whether every feed has sent its last event, and all is stored. */
    boolean over() {
        return over;
    }

    /** For how long events have been sent. */
    double seconds() {
        return workedNanos / 1e9;
    }

    /** Throws what ended the thread, if something did. */
    void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    /** Stops; everything sent is stored when this returns. */
    void finish() throws Exception {
        stopping = true;
        thread.join(JOIN_MILLIS);
        check();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        boolean interrupted = false;
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        for (Feed feed : feeds) {
            feed.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (EventProducer producer = new EventProducer(options)) {
            long start = System.nanoTime();
            long due = start;
            while (!stopping && !feeds.stream().allMatch(Feed::over)) {
                for (Feed feed : feeds) {
                    sent += feed.send(producer);
                }
                workedNanos = System.nanoTime() - start;
                due += nanosPerEvent;
                // A machine that cannot keep up goes at its own pace: no debt is carried on.
                due = Math.max(due, System.nanoTime() - nanosPerEvent);
                LockSupport.parkNanos(due - System.nanoTime());
            }
            producer.flush();
            over = !stopping;
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }
}
