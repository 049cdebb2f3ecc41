package io.oxbow.flink.state;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * Tells a stream whose clock went wrong once from one that was really silent for long. An event
 * that leaps further than allowed past the newest of its stream is not believed; the next one is,
 * if it comes from there too and nothing else came between. Decided by the stream's own events, so
 * alike in every replay.
 *
 * <p>Keyed state holds the event that was not believed, and is touched by leaps alone. Used under
 * the stream's key, one thread.
 */
public final class ClockJumps {
    private static final ValueStateDescriptor<Tuple3<Long, Long, Long>> STATE =
            new ValueStateDescriptor<>(
                    "clock-jump", Types.TUPLE(Types.LONG, Types.LONG, Types.LONG));

    private final long maxMillis;
    private final ValueState<Tuple3<Long, Long, Long>> disbelieved;

    /** Gives access to keyed state; Flink's contexts have it under two types. */
    @FunctionalInterface
    public interface StateAccess {
        ValueState<Tuple3<Long, Long, Long>> get(
                ValueStateDescriptor<Tuple3<Long, Long, Long>> descriptor);
    }

    /**
     * @param maxMillis how far an event may leap; 0 for any distance
     */
    public ClockJumps(long maxMillis, StateAccess access) {
        this.maxMillis = maxMillis;
        this.disbelieved = access.get(STATE);
    }

    /**
     * Whether an event of the current key is believed.
     *
     * @param newest event time of the stream's newest event, or {@link StreamPosition#NEVER}
     * @param seq tells an event from its own repetition; negative where there are no numbers
     */
    public boolean believes(long newest, long time, long seq) throws IOException {
        if (maxMillis == 0
                || newest == StreamPosition.NEVER
                || time <= newest
                || time - newest <= maxMillis && time - newest > 0) {
            return true;
        }
        Tuple3<Long, Long, Long> before = disbelieved.value();
        boolean followed =
                before != null
                        && before.f0 == newest
                        && Math.abs(time - before.f1) <= maxMillis
                        && (seq < 0 || seq != before.f2);
        if (followed) {
            disbelieved.clear();
        } else {
            disbelieved.update(Tuple3.of(newest, time, seq));
        }
        return followed;
    }

    /** Why an event was not believed, in words without a full stop. */
    public static String refusal(long newest, long time) {
        return "clock jump: the event time "
                + time
                + " lies "
                + (time - newest) / 86_400_000
                + " days after "
                + newest
                + ", the newest of its stream; the next event from there on will be believed";
    }
}
