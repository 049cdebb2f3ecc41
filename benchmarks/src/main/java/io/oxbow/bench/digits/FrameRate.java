package io.oxbow.bench.digits;

/** How many of an utterance's frames are seen, and what a model is told of the time between. */
enum FrameRate {
    /** All. */
    FULL("full", 1, 1),
    /** Every second one, and the model knows that twice the time has passed. */
    HALF("half", 2, 2),
    /** Every second one, and the model takes each for one step. */
    HALF_UNTIMED("half-untimed", 2, 1);

    private final String text;
    private final int stride;
    private final int steps;

    FrameRate(String text, int stride, int steps) {
        this.text = text;
        this.stride = stride;
        this.steps = steps;
    }

    /** As printed. */
    String text() {
        return text;
    }

    /** One frame in so many is seen. */
    int stride() {
        return stride;
    }

    /** Frames seen of {@code count}. */
    int seen(int count) {
        return (count + stride - 1) / stride;
    }

    /** Seconds that a model is told to have passed from one seen frame to the next. */
    float seconds() {
        return steps * SpokenDigits.FRAME_SECONDS;
    }
}
