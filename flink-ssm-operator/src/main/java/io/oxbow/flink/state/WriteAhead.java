package io.oxbow.flink.state;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;

/**
 * Writes changed states to keyed state shortly before a checkpoint is due, a slice at a time, so
 * that the stream of events stands still for the rest only when the barrier comes.
 *
 * <pre>
 * barrier                                     begin        due
 *    |------------------ interval -------------|--s--s--s--|
 *                                               slices, as much time between as in them
 * </pre>
 *
 * Barriers come at an interval, so the last two say when the next is due. What is written is what
 * an eviction would write, and a state that changes again is written again at the barrier: results
 * and checkpoints are the same with or without. A stream that is likely to speak again before the
 * barrier is left to it, so busy streams cost nothing here. When no barrier comes at the time, this
 * rests until one has come.
 *
 * <p>Mailbox thread only.
 */
public final class WriteAhead implements ProcessingTimeCallback {
    /** Half of the time goes to events, and streams that were left out get a second look. */
    private static final int LEAD_PER_WRITE = 3;

    private static final long LEAST_LEAD_MILLIS = 20;
    private static final long NEVER = Long.MIN_VALUE;

    private final ProcessingTimeService clock;
    private final ResidentStates<?> states;
    private long lastBarrier = NEVER;
    private long begin = NEVER;
    private long due = NEVER;
    private long writesBefore;
    private boolean timerSet;

    public WriteAhead(ProcessingTimeService clock, ResidentStates<?> states) {
        this.clock = clock;
        this.states = states;
    }

    /** A barrier has come and every state has been written. */
    public void barrier() {
        long now = clock.getCurrentProcessingTime();
        long writes = states.writeBacks();
        if (lastBarrier != NEVER) {
            long interval = now - lastBarrier;
            due = now + interval;
            begin = due - Math.min(lead(writes - writesBefore), interval / 2);
            if (!timerSet) {
                setTimer(begin);
            }
        }
        lastBarrier = now;
        writesBefore = writes;
    }

    private long lead(long writes) {
        long rows = Math.min(writes, states.resident());
        return LEAST_LEAD_MILLIS + LEAD_PER_WRITE * rows * states.nanosPerWriteBack() / 1_000_000;
    }

    private void setTimer(long time) {
        timerSet = true;
        clock.registerTimer(time, this);
    }

    @Override
    public void onProcessingTime(long time) throws Exception {
        timerSet = false;
        long now = clock.getCurrentProcessingTime();
        if (now < begin) {
            // The barrier came early, and this was set before it.
            setTimer(begin);
            return;
        }
        if (now >= due) {
            return;
        }
        long start = System.nanoTime();
        states.writeAhead((double) (due - now) / Math.max(1, now - lastBarrier));
        long tookMillis = (System.nanoTime() - start) / 1_000_000;
        setTimer(now + 2 * tookMillis + 1);
    }
}
