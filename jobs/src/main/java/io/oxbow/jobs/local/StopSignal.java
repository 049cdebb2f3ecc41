package io.oxbow.jobs.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a request: while this is open, the process does not end before its owner
 * has closed it, or half a minute has passed.
 */
public final class StopSignal implements AutoCloseable {
    /** What a job is given to stop with a savepoint, so that there is time left to tell of it. */
    public static final Duration JOB_PATIENCE = Duration.ofSeconds(25);

    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private StopSignal() {}

    /** Listens from now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::hold, "oxbow-stop"));
        return signal;
    }

    /** Whether the process was asked to end. */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits; true as soon as the process was asked to end. */
    public boolean await(Duration patience) throws InterruptedException {
        return requested.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void hold() {
        requested.countDown();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("oxbow: gave up waiting for a clean end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
