package io.oxbow.bench.digits;

import java.util.Arrays;

/** One way in which an utterance reaches a model: which sound, how much of it, how often. */
enum Hearing {
    /** Every frame, all features. */
    FULL("full", false, false, FrameRate.FULL),
    /** Every second frame, and the model knows that twice the time has passed. */
    HALF_FRAMES("half-frames", false, false, FrameRate.HALF),
    /** Every second frame, and the model takes each for one step. */
    HALF_FRAMES_UNTIMED("half-frames-untimed", false, false, FrameRate.HALF_UNTIMED),
    /** Every frame, but only the bands that a recording at half the sample rate fills. */
    LOW_BANDS("low-bands", true, false, FrameRate.FULL),
    /** The same bands of a recording at half the sample rate. */
    HALF_SAMPLES("half-samples", true, true, FrameRate.FULL);

    private final String text;
    private final boolean lowBands;
    private final boolean halfSamples;
    private final FrameRate rate;

    Hearing(String text, boolean lowBands, boolean halfSamples, FrameRate rate) {
        this.text = text;
        this.lowBands = lowBands;
        this.halfSamples = halfSamples;
        this.rate = rate;
    }

    /** As printed. */
    String text() {
        return text;
    }

    FrameRate rate() {
        return rate;
    }

    /** Features of a frame. */
    int width(Utterance utterance) {
        return lowBands ? utterance.lowBands() : utterance.frames()[0].length;
    }

    /** (count, width) */
    float[][] frames(Utterance utterance) {
        float[][] frames = halfSamples ? utterance.halfSampleFrames() : utterance.frames();
        if (!lowBands) {
            return frames;
        }
        return Arrays.stream(frames)
                .map(frame -> Arrays.copyOf(frame, utterance.lowBands()))
                .toArray(float[][]::new);
    }
}
