package io.oxbow.flink.inference;

import io.oxbow.flink.state.ResidentStates;
import io.oxbow.flink.state.ResidentStream;
import io.oxbow.flink.state.StreamPosition;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Forgets streams that have ended.
 *
 * <p>That a stream starts anew after a long silence is decided by its own next event, so it is the
 * same in every run. An event-time timer merely frees the storage, and waits twice the time to
 * live, so that no event it could matter to is still on its way. Mailbox thread only.
 */
final class StreamExpiry {
    private final InternalTimerService<VoidNamespace> timers;
    private final ResidentStates<?> states;
    private final long ttlMillis;

    /**
     * @param ttlMillis 0 for never
     */
    StreamExpiry(
            InternalTimerService<VoidNamespace> timers, ResidentStates<?> states, long ttlMillis) {
        this.timers = timers;
        this.states = states;
        this.ttlMillis = ttlMillis;
    }

    /** Whether an event at that time finds the stream silent for longer than its time to live. */
    boolean isOver(StreamPosition position, long eventTime) {
        return ttlMillis > 0
                && position.lastEventTime() != StreamPosition.NEVER
                && eventTime - position.lastEventTime() > ttlMillis;
    }

    /** Sees to it that the stream of the current key is looked at once it is silent. */
    void watch(ResidentStream<?> stream, long eventTime) {
        if (ttlMillis > 0 && !stream.isWatched()) {
            stream.markWatched();
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, freedAt(eventTime));
        }
    }

    /** A timer of the current key has fired. */
    void look() throws Exception {
        long last = states.lastEventTimeOfCurrentKey();
        boolean inputEnded = timers.currentWatermark() == Long.MAX_VALUE;
        if (last == StreamPosition.NEVER || inputEnded) {
            return;
        }
        if (freedAt(last) <= timers.currentWatermark()) {
            states.forgetCurrentKey();
        } else {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, freedAt(last));
        }
    }

    private long freedAt(long eventTime) {
        long wait = 2 * Math.min(ttlMillis, Long.MAX_VALUE / 4);
        return eventTime > Long.MAX_VALUE - wait ? Long.MAX_VALUE : eventTime + wait;
    }
}
