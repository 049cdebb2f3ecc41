package io.oxbow.jobs.ingest;

import io.oxbow.ingest.video.VideoOptions;
import io.oxbow.jobs.cli.DurationConverter;
import io.oxbow.jobs.cli.UserMistake;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a command that reads video. */
final class VideoArguments {

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames to take per second of video; up to 10 if not given.")
    private double framesPerSecond = VideoOptions.standard().maxFramesPerSecond();

    @Option(
            names = "--source-timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How long a camera may be silent before it is called again; 10s.")
    private Duration timeout = VideoOptions.standard().timeout();

    @Option(names = "--ffmpeg-log", description = "Let FFmpeg write its log to stderr.")
    private boolean verbose;

    /**
     * The options.
     *
     * @throws UserMistake if the rate makes no sense
     */
    VideoOptions options() {
        if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
            throw new UserMistake(
                    "--fps must be more than 0 and at most 1000, not " + framesPerSecond);
        }
        return new VideoOptions(framesPerSecond, timeout, verbose);
    }
}
