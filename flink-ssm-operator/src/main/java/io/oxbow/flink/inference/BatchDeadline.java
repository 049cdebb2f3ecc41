package io.oxbow.flink.inference;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;

/**
 * The moment by which the pending batch must run: the allowed delay after its oldest event.
 *
 * <p>At most one timer is set at a time, however many batches come and go meanwhile; one that fires
 * too early for the batch of then is set again. Mailbox thread only.
 */
final class BatchDeadline implements ProcessingTimeCallback {

    /** Runs the pending batch. */
    interface Drain {
        void run() throws Exception;
    }

    private static final long NOTHING_PENDING = Long.MAX_VALUE;

    private final ProcessingTimeService clock;
    private final long delayMillis;
    private final Drain drain;
    private long deadline = NOTHING_PENDING;
    private boolean timerSet;

    BatchDeadline(ProcessingTimeService clock, long delayMillis, Drain drain) {
        this.clock = clock;
        this.delayMillis = delayMillis;
        this.drain = drain;
    }

    /** The first event of a batch has come. */
    void start() {
        deadline = clock.getCurrentProcessingTime() + delayMillis;
        if (!timerSet) {
            setTimer();
        }
    }

    /** The batch has run. */
    void clear() {
        deadline = NOTHING_PENDING;
    }

    private void setTimer() {
        timerSet = true;
        clock.registerTimer(deadline, this);
    }

    @Override
    public void onProcessingTime(long time) throws Exception {
        timerSet = false;
        if (deadline == NOTHING_PENDING) {
            return;
        }
        if (clock.getCurrentProcessingTime() >= deadline) {
            drain.run();
        } else {
            setTimer();
        }
    }
}
