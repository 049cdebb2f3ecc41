package io.oxbow.ingest.video;

import java.time.Duration;

/**
 * How a video is read.
 *
 * @param maxFramesPerSecond frames taken per second of the video; a slower video gives all it has
 * @param timeout how long a network source may be silent before it counts as lost
 * @param verbose whether FFmpeg may write its log to stderr
 */
public record VideoOptions(double maxFramesPerSecond, Duration timeout, boolean verbose) {
    public VideoOptions {
        if (!(maxFramesPerSecond > 0 && maxFramesPerSecond <= 1000)) {
            throw new IllegalArgumentException(
                    "frames per second must lie in (0, 1000], not " + maxFramesPerSecond);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be positive, not " + timeout);
        }
    }

    /** Up to 10 frames a second, 10 s of patience, a silent FFmpeg. */
    public static VideoOptions standard() {
        return new VideoOptions(10, Duration.ofSeconds(10), false);
    }

    public VideoOptions withMaxFramesPerSecond(double framesPerSecond) {
        return new VideoOptions(framesPerSecond, timeout, verbose);
    }

    public VideoOptions withVerbose(boolean loud) {
        return new VideoOptions(maxFramesPerSecond, timeout, loud);
    }
}
