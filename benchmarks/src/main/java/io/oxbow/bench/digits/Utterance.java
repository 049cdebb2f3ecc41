package io.oxbow.bench.digits;

/**
 * One spoken digit as the frames that the encoder of sound made of it.
 *
 * @param digit 0 to 9
 * @param frames (count, features), {@link SpokenDigits#FRAME_SECONDS} apart
 * @param halfSampleFrames the same of the recording at half its sample rate
 * @param lowBands how many features, the first ones, half the sample rate leaves as they were
 */
record Utterance(
        int digit, String speaker, float[][] frames, float[][] halfSampleFrames, int lowBands) {}
