package io.oxbow.jobs.encoding;

/**
 * What an encoder must remember of one stream.
 *
 * @param encoderHash whose references these are; another encoder begins anew
 * @param epoch of the latest recording
 * @param lastSeq of the latest recording
 * @param lastEventTime of the latest recording, milliseconds since the epoch
 * @param references as the encoder saves them; belongs to the state, never changed in place
 */
record EncoderState(
        long encoderHash, long epoch, long lastSeq, long lastEventTime, float[] references) {}
