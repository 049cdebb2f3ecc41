package io.oxbow.jobs.demo;

import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Takes pictures from all cameras in turn, at a steady rate as long as the machine keeps up, and
 * sends their features to Kafka. Ends when asked to, with everything sent stored.
 */
final class CameraThread implements AutoCloseable {
    private static final long JOIN_MILLIS = 20_000;

    private final List<Feed> cameras;
    private final long nanosPerPicture;
    private final ReadableConfig options;
    private final Thread thread = new Thread(this::work, "oxbow-cameras");

    private volatile boolean stopping;
    private volatile long sent;
    private volatile long workedNanos;
    private volatile Exception failure;

    /**
     * @param picturesPerSecond of each camera; infinity for as fast as it goes
     */
    CameraThread(List<Feed> cameras, double picturesPerSecond, ReadableConfig options) {
        this.cameras = List.copyOf(cameras);
        this.nanosPerPicture = (long) (TimeUnit.SECONDS.toNanos(1) / picturesPerSecond);
        this.options = options;
    }

    void start() {
        thread.start();
    }

    /** Events sent so far, of all cameras and what else there is. */
    long sent() {
        return sent;
    }

    /** For how long pictures have been sent. */
    double seconds() {
        return workedNanos / 1e9;
    }

    /** Throws what ended the thread, if something did. */
    void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    /** Stops the cameras; everything sent is stored when this returns. */
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
        for (Feed camera : cameras) {
            camera.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (EventProducer producer = new EventProducer(options)) {
            long start = System.nanoTime();
            long due = start;
            while (!stopping) {
                for (Feed camera : cameras) {
                    sent += camera.send(producer);
                }
                workedNanos = System.nanoTime() - start;
                due += nanosPerPicture;
                // A machine that cannot keep up goes at its own pace: no debt is carried on.
                due = Math.max(due, System.nanoTime() - nanosPerPicture);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }
}
