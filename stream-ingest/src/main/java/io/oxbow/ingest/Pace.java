package io.oxbow.ingest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a recording to its own speed, and lets another thread end the wait. A reader that falls
 * behind catches up.
 */
public final class Pace {
    private final Rate rate;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long startNanos;
    private long startMillis;
    private boolean started;

    public Pace(Rate rate) {
        this.rate = rate;
    }

    /**
     * Waits until an event is due. The first event is due at once.
     *
     * @return false if the reader was told to stop
     */
    public boolean await(long eventTimeMillis) {
        if (rate == Rate.MAX) {
            return !isStopped();
        }
        if (!started) {
            started = true;
            startNanos = System.nanoTime();
            startMillis = eventTimeMillis;
        }
        long due = startNanos + TimeUnit.MILLISECONDS.toNanos(eventTimeMillis - startMillis);
        return !sleep(due - System.nanoTime());
    }

    /** Waits; true as soon as the reader was told to stop. */
    public boolean sleepMillis(long millis) {
        return sleep(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** From any thread. */
    public void stop() {
        stopped.countDown();
    }

    private boolean sleep(long nanos) {
        try {
            return stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
