package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Recording;

/**
 * Makes feature vectors of one kind of recording, for one stream after another: the references come
 * and go with each call. One thread.
 */
interface SignalEncoder {

    /** Identity of what would encode this recording; references of another are of no use. */
    long hash(Recording recording) throws RecordingException;

    /**
     * Encodes a recording.
     *
     * @param references of its stream, or null for a new stream; not changed
     * @throws RecordingException if the bytes are no such recording
     */
    Encoded encode(Recording recording, float[] references) throws RecordingException;

    /**
     * What came of it.
     *
     * @param hash identity stated in the observation, 0 where values are as they came
     * @param features empty if the recording says nothing
     * @param references for the stream's next recording
     */
    record Encoded(long hash, float[] features, Health health, float[] references) {}
}
