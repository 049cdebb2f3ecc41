package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One feature vector of one stream. Treat {@code values} as immutable.
 *
 * @param epoch raised by the producer when it restarts its numbering
 * @param seq rises by one an event within an epoch; a repeated one is a duplicate; {@link
 *     #UNNUMBERED} if the producer does not count
 * @param eventTime milliseconds since the epoch, from the payload
 * @param ingestTime when the producer sent it, milliseconds since the epoch
 * @param encoderHash identity of the encoder that made the vector, 0 if not stated
 * @param values (inputDim)
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Observation(
        String streamId,
        long epoch,
        long seq,
        long eventTime,
        long ingestTime,
        long encoderHash,
        float[] values,
        Health health,
        Origin origin)
        implements StreamEvent {

    /** The sequence number of events without one: no duplicates are looked for. */
    public static final long UNNUMBERED = -1;
}
