package io.oxbow.flink.inference;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Runs the pending batch once no further event is waiting to join it, so that an idle operator
 * answers at once and a loaded one fills its batches.
 *
 * <p>The task takes a record, then its mail, then a record again. So a look is two letters to
 * ourselves: one event at least comes between them if any is waiting.
 *
 * <pre>
 * event -> first letter: note how many have come -> event? -> second letter: has another come?
 *                                                                yes: look again later
 *                                                                no:  drain
 * </pre>
 *
 * A letter makes the task break off its run of records, so a look is taken at a batch's first event
 * and every {@value #STRIDE} events from there, not at each. Mailbox thread only.
 */
final class IdleInput {
    private static final int STRIDE = 32;
    private static final String FIRST = "Oxbow: note the events so far";
    private static final String SECOND = "Oxbow: run the batch if no event came";

    private final MailboxExecutor mailbox;
    private final BatchDeadline.Drain drain;
    private final ThrowingRunnable<Exception> first = this::note;
    private final ThrowingRunnable<Exception> second = this::drainIfNoneCame;
    private long events;
    private long noted;
    private boolean looking;

    /**
     * @param drain does nothing if nothing is pending
     */
    IdleInput(MailboxExecutor mailbox, BatchDeadline.Drain drain) {
        this.mailbox = mailbox;
        this.drain = drain;
    }

    /** An event has joined the pending batch, which now has {@code size}. */
    void eventJoined(int size) {
        events++;
        if (size % STRIDE == 1) {
            look();
        }
    }

    /** Finds out whether an event is waiting, and drains if none is; unless it is being done. */
    void look() {
        if (!looking) {
            looking = true;
            mailbox.execute(first, FIRST);
        }
    }

    private void note() {
        noted = events;
        mailbox.execute(second, SECOND);
    }

    private void drainIfNoneCame() throws Exception {
        looking = false;
        if (events == noted) {
            drain.run();
        }
    }
}
