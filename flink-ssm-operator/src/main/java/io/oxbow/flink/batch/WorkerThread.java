package io.oxbow.flink.batch;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One thread beside a task's own, which does one piece of work after another, with the class loader
 * of the thread that made it.
 */
public final class WorkerThread implements AutoCloseable {
    private final ExecutorService executor;

    public WorkerThread(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.executor =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(loader);
                            return thread;
                        });
    }

    /** Does {@code work} after all before it; a failure is the thread's. */
    public void execute(Runnable work) {
        executor.execute(work);
    }

    /** As {@link #execute}; a failure is told by the future. */
    public Future<?> submit(Runnable work) {
        return executor.submit(work);
    }

    /** Interrupts the work under way, and forgets what waits. */
    public void interrupt() {
        executor.shutdownNow();
    }

    /** Waits for the work under way, however long: what it works on is freed next. */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
