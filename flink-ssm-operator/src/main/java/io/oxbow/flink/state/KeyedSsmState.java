package io.oxbow.flink.state;

/**
 * The durable memory of one stream, as it lies in Flink's keyed state: where the stream stands, and
 * its row of the state table. Whoever got it from keyed state may write to the arrays and must then
 * put it back; a snapshot under way has arrays of its own.
 *
 * @param layoutFingerprint the {@link io.oxbow.model.StateLayout} the row was written with
 * @param modelFingerprint the {@link io.oxbow.model.SsmModel} the row was written by
 * @param steps events absorbed
 * @param lastEventTime event time of the newest of them, milliseconds since the epoch
 * @param epoch newest numbering of the producer, or {@link StreamPosition#UNNUMBERED}
 * @param lastSeq highest sequence number of that epoch
 * @param seen bit i is set if {@code lastSeq - i} was seen
 * @param floats (layout.floats())
 * @param longs (layout.longs())
 */
public record KeyedSsmState(
        long layoutFingerprint,
        long modelFingerprint,
        long steps,
        long lastEventTime,
        long epoch,
        long lastSeq,
        long seen,
        float[] floats,
        long[] longs) {}
