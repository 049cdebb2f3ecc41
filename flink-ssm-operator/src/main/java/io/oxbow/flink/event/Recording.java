package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a sensor delivered as it is: a picture, a stretch of sound, a reading with gaps, or the
 * objects that a detector found. An encoder makes an {@link Observation} of it before the model
 * sees it. Treat {@code bytes} as immutable.
 *
 * @param epoch raised by the producer when it restarts its numbering
 * @param seq rises by one an event within an epoch, as in {@link Observation}
 * @param eventTime milliseconds since the epoch, from the payload
 * @param ingestTime when the producer sent it, milliseconds since the epoch
 * @param format of the bytes: {@code jpeg} or {@code png}; {@code s16} or {@code f32}, interleaved;
 *     for a reading {@code f32}, NaN where a channel is missing; for objects {@code deepstream} and
 *     the picture's size, as {@code deepstream/1920x1080}. Numbers are little-endian
 * @param rate samples a second and channel of a sound, else 0
 * @param channels of a sound or a reading, else 0
 * @param bytes empty if they lie elsewhere
 * @param uri where they lie, or empty
 * @param sha256 of the bytes that lie elsewhere, lower-case hexadecimal, or empty
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Recording(
        String streamId,
        long epoch,
        long seq,
        long eventTime,
        long ingestTime,
        Kind kind,
        String format,
        int rate,
        int channels,
        byte[] bytes,
        String uri,
        String sha256,
        Health health,
        Origin origin)
        implements StreamEvent {

    /** What it is a recording of; the order is part of the format. */
    public enum Kind {
        PICTURE,
        SOUND,
        READING,
        OBJECTS
    }

    /** The observation an encoder made of it. */
    public Observation encoded(long encoderHash, float[] values, Health seen) {
        return new Observation(
                streamId, epoch, seq, eventTime, ingestTime, encoderHash, values, seen, origin);
    }

    /** Its refusal; the values, which it never had, are empty. */
    public Rejected refused(String stage, String error) {
        return new Rejected(encoded(0, new float[0], health), stage, error);
    }
}
