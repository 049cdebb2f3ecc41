package io.oxbow.flink.state;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * Finds the way back from a damaged number. One event with an epoch or a sequence number that is
 * too high would make repetitions of all that follow. But what was absorbed before is never newer
 * than the newest event; so an event that is newer, and yet has a number long past, is none. The
 * first such event is set aside, since its own number may be the damaged one; the next is believed,
 * if it goes on from there and nothing else came between. A producer that was replaced and still
 * writes stays out as long as its successor writes too.
 *
 * <p>Keyed state holds the event that was set aside, and is touched by such events alone. Used
 * under the stream's key, one thread.
 */
public final class Renumberings {
    private static final ValueStateDescriptor<Tuple3<Long, Long, Long>> STATE =
            new ValueStateDescriptor<>(
                    "renumbering", Types.TUPLE(Types.LONG, Types.LONG, Types.LONG));

    private final ValueState<Tuple3<Long, Long, Long>> setAside;

    public Renumberings(ClockJumps.StateAccess access) {
        this.setAside = access.get(STATE);
    }

    /** Whether an event whose number is past cannot be a repetition. */
    public static boolean contradicts(StreamPosition position, long time) {
        return position.lastEventTime() != StreamPosition.NEVER && time > position.lastEventTime();
    }

    /**
     * Whether the stream's numbers go on from an event that {@link #contradicts}.
     *
     * @param newest event time of the stream's newest event
     */
    public boolean believes(long newest, long epoch, long seq) throws IOException {
        Tuple3<Long, Long, Long> before = setAside.value();
        boolean followed =
                before != null && before.f0 == newest && before.f1 == epoch && seq > before.f2;
        if (followed) {
            setAside.clear();
        } else {
            setAside.update(Tuple3.of(newest, epoch, seq));
        }
        return followed;
    }

    /** Why an event was set aside, in words without a full stop. */
    public static String refusal(StreamPosition position, long epoch, long seq) {
        return "numbers went back: epoch "
                + epoch
                + ", number "
                + seq
                + " was passed at epoch "
                + position.epoch()
                + ", number "
                + position.lastSeq()
                + ", yet the event is newer than all of its stream; the next one that goes on from"
                + " here will be believed";
    }
}
