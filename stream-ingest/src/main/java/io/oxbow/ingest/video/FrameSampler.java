package io.oxbow.ingest.video;

/**
 * Thins a sequence of frames to at most so many a second of video time. A frame may come a quarter
 * of the source's period too early, so that a source at the wanted rate whose clock trembles loses
 * nothing.
 */
final class FrameSampler {
    private final double framesPerMicrosecond;
    private final double forgivenMicros;
    private long lastPeriod = Long.MIN_VALUE;

    FrameSampler(double wantedFramesPerSecond, double sourceFramesPerSecond) {
        this.framesPerMicrosecond = wantedFramesPerSecond / 1e6;
        this.forgivenMicros = 1e6 / sourceFramesPerSecond / 4;
    }

    /** Whether to take the frame at this time; times do not go back. */
    boolean takes(long timeMicros) {
        long period = (long) Math.floor((timeMicros + forgivenMicros) * framesPerMicrosecond);
        boolean due = period > lastPeriod;
        lastPeriod = Math.max(period, lastPeriod);
        return due;
    }
}
