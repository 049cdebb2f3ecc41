package io.oxbow.flink.inference;

import io.oxbow.flink.batch.WorkerThread;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does slow work, one piece after another, on a thread of its own; what comes of it is told with
 * the task's mail.
 *
 * <p>Mailbox thread only.
 *
 * @param <T> what the work makes
 */
final class BackgroundWork<T extends Closeable> implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    /** Hears of one piece of work, on the mailbox thread. */
    @FunctionalInterface
    interface Listener<T> {
        /**
         * @param made the listener's to close; null if the work failed
         * @param failure null if it did not
         */
        void done(T made, Exception failure) throws Exception;
    }

    private final MailboxExecutor mailbox;
    private final WorkerThread worker;

    /** Made and not yet with its listener: closed with this. */
    private final AtomicReference<T> unclaimed = new AtomicReference<>();

    BackgroundWork(MailboxExecutor mailbox, String threadName) {
        this.mailbox = mailbox;
        this.worker = new WorkerThread(threadName);
    }

    /** Begins a piece of work; the one before must have been told of. */
    void begin(Callable<T> work, Listener<T> listener) {
        worker.execute(() -> work(work, listener));
    }

    private void work(Callable<T> work, Listener<T> listener) {
        Exception failure = null;
        try {
            unclaimed.set(work.call());
        } catch (Exception e) {
            failure = e;
        } catch (LinkageError | OutOfMemoryError e) {
            failure = new IllegalStateException(e.toString(), e);
        }
        Exception told = failure;
        try {
            mailbox.execute(
                    () -> listener.done(unclaimed.getAndSet(null), told),
                    "Oxbow: a model was read");
        } catch (RejectedExecutionException e) {
            LOG.debug("the task ends before a model was read", e);
        }
    }

    /** Waits for the work under way, which is interrupted, and closes what nobody will hear of. */
    @Override
    public void close() throws IOException {
        worker.interrupt();
        worker.close();
        T left = unclaimed.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }
}
