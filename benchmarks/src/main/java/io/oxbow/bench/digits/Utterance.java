package io.oxbow.bench.digits;

/**
 * One spoken digit as the frames that the encoder of sound made of it.
 *
 * @param digit 0 to 9
 * @param frames (count, features), {@link SpokenDigits#FRAME_SECONDS} apart
 */
record Utterance(int digit, String speaker, float[][] frames) {}
