package io.oxbow.flink.state;

/**
 * Where a stream stands: how many events it has absorbed, the event time of the newest, and which
 * sequence numbers were seen. Decides whether an event is in order, late or a duplicate.
 *
 * <p>Within an epoch the last 64 sequence numbers are remembered one by one, so that an event which
 * merely arrives out of order is told from one that is repeated. Anything further back, and
 * anything of an earlier epoch, counts as a duplicate. Not thread-safe.
 */
public final class StreamPosition {
    /** The epoch of a stream whose events carry no sequence numbers. */
    public static final long UNNUMBERED = Long.MIN_VALUE;

    /** The last event time of a stream that has seen nothing. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final int WINDOW = Long.SIZE;

    /** What an event is, seen from the stream's position. */
    public enum Arrival {
        IN_ORDER,
        /** Older than the newest event of the stream, and not seen before. */
        LATE,
        /** Its sequence number was seen before, or lies too far back to tell. */
        DUPLICATE
    }

    private long steps;
    private long lastEventTime;
    private long epoch;
    private long lastSeq;
    private long seen;

    StreamPosition() {
        clear();
    }

    void clear() {
        restart();
        epoch = UNNUMBERED;
        lastSeq = 0;
        seen = 0;
    }

    void restart() {
        steps = 0;
        lastEventTime = NEVER;
    }

    void set(KeyedSsmState state) {
        steps = state.steps();
        lastEventTime = state.lastEventTime();
        epoch = state.epoch();
        lastSeq = state.lastSeq();
        seen = state.seen();
    }

    KeyedSsmState toState(
            long layoutFingerprint, long modelFingerprint, float[] floats, long[] longs) {
        return new KeyedSsmState(
                layoutFingerprint,
                modelFingerprint,
                steps,
                lastEventTime,
                epoch,
                lastSeq,
                seen,
                floats,
                longs);
    }

    /**
     * How many sequence numbers lie unseen between the newest one and this. Zero in another epoch.
     */
    public long missingBefore(long epoch, long seq) {
        return epoch == this.epoch && seq > lastSeq ? seq - lastSeq - 1 : 0;
    }

    /**
     * Judges an event and remembers its sequence number. A negative one is not a number: the event
     * is then judged by its event time alone.
     */
    public Arrival arrive(long epoch, long seq, long eventTime) {
        if (seq >= 0 && !markSeen(epoch, seq)) {
            return Arrival.DUPLICATE;
        }
        return eventTime < lastEventTime ? Arrival.LATE : Arrival.IN_ORDER;
    }

    private boolean markSeen(long epoch, long seq) {
        if (epoch < this.epoch) {
            return false;
        }
        if (epoch > this.epoch) {
            renumber(epoch, seq);
            return true;
        }
        long ahead = seq - lastSeq;
        if (ahead > 0) {
            seen = ahead < WINDOW ? seen << ahead | 1 : 1;
            lastSeq = seq;
            return true;
        }
        long behind = -ahead;
        if (behind >= WINDOW || (seen >>> behind & 1) != 0) {
            return false;
        }
        seen |= 1L << behind;
        return true;
    }

    /** Lets the numbers go on from an event that counted as a duplicate. */
    public void renumber(long epoch, long seq) {
        this.epoch = epoch;
        lastSeq = seq;
        seen = 1;
    }

    /** Epoch of the newest number, or {@link #UNNUMBERED}. */
    public long epoch() {
        return epoch;
    }

    /** The newest number of the epoch. */
    public long lastSeq() {
        return lastSeq;
    }

    /** Seconds between the newest event and one at that time; 0 if there is no newest. */
    public float secondsUntil(long eventTime) {
        return lastEventTime == NEVER ? 0 : (float) ((eventTime - lastEventTime) / 1000.0);
    }

    /** Takes the event in: it is the newest now. */
    public void absorb(long eventTime) {
        steps++;
        lastEventTime = eventTime;
    }

    /** Events absorbed. */
    public long steps() {
        return steps;
    }

    /** Milliseconds since the epoch, or {@link #NEVER}. */
    public long lastEventTime() {
        return lastEventTime;
    }
}
