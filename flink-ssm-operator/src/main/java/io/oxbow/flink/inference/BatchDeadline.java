package io.oxbow.flink.inference;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;

/**
 * The moment by which the pending batch must run: the allowed delay after its oldest event. Looks
 * for idle input on the way there.
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

    private static final int LOOK_MILLIS = 1;

    /** Each look wakes the thread of timers, and a loaded task has better use for the processor. */
    private static final int LOADED_LOOK_MILLIS = 5;

    private final ProcessingTimeService clock;
    private final long delayMillis;
    private final Drain drain;
    private final IdleInput idleInput;
    private long deadline = NOTHING_PENDING;
    private boolean timerSet;
    private int lookMillis = LOOK_MILLIS;

    /**
     * @param idleInput looked at every millisecond while a batch is pending, every fifth once one
     *     was full or waited in vain for the input to fall idle; null not to
     */
    BatchDeadline(ProcessingTimeService clock, long delayMillis, Drain drain, IdleInput idleInput) {
        this.clock = clock;
        this.delayMillis = delayMillis;
        this.drain = drain;
        this.idleInput = idleInput;
    }

    /** The first event of a batch has come. */
    void start() {
        long now = clock.getCurrentProcessingTime();
        deadline = now + delayMillis;
        if (!timerSet) {
            setTimer(now);
        }
    }

    /** The batch has run; the cause says whether the task is loaded, if it says anything of it. */
    void clear(DrainCause cause) {
        deadline = NOTHING_PENDING;
        if (cause == DrainCause.IDLE) {
            lookMillis = LOOK_MILLIS;
        } else if (cause == DrainCause.FULL || cause == DrainCause.DEADLINE) {
            lookMillis = LOADED_LOOK_MILLIS;
        }
    }

    private void setTimer(long now) {
        timerSet = true;
        clock.registerTimer(
                idleInput == null ? deadline : Math.min(now + lookMillis, deadline), this);
    }

    @Override
    public void onProcessingTime(long time) throws Exception {
        timerSet = false;
        if (deadline == NOTHING_PENDING) {
            return;
        }
        long now = clock.getCurrentProcessingTime();
        if (now >= deadline) {
            drain.run();
            return;
        }
        if (idleInput != null) {
            idleInput.look();
        }
        setTimer(now);
    }
}
