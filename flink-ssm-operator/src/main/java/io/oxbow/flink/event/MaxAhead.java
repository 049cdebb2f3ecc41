package io.oxbow.flink.event;

import java.io.Serializable;

/**
 * The rule against event times that cannot be: how far one may lie after the time the producer sent
 * the event. Decided by the event alone, so alike in every replay.
 *
 * @param millis 0 for any distance
 */
public record MaxAhead(long millis) implements Serializable {
    /** The year 2000: an earlier ingest time is that of a device whose clock was never set. */
    private static final long CLOCK_IS_SET = 946_684_800_000L;

    /** Why the event's time is refused, in words without a full stop, or null if it is not. */
    public String refusal(Observation event) {
        long sent = event.ingestTime();
        if (millis == 0 || sent < CLOCK_IS_SET || event.eventTime() - millis <= sent) {
            return null;
        }
        return "the event time "
                + event.eventTime()
                + " lies more than "
                + millis
                + " ms after the ingest time "
                + sent;
    }
}
