package io.oxbow.bench.digits;

/** Turns the frames of an utterance, however many, into one vector of a fixed length. */
interface UtteranceFeatures {

    /** As printed. */
    String name();

    /**
     * @param frames (count, features), all of them
     * @param rate which of them to take
     * @return of a length that does not depend on the frames
     */
    double[] of(float[][] frames, FrameRate rate);
}
