package io.oxbow.jobs.ingest;

import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.SourceFiles;
import io.oxbow.ingest.video.VideoDecoder;
import io.oxbow.ingest.video.VideoIngest;
import io.oxbow.ingest.video.VideoIngestSettings;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.EventTimeConverter;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.nio.file.Files;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the features of a video or a camera to Kafka. */
@Command(
        name = "video",
        description = {
            "Encode a video file or a camera and write its features to Kafka.",
            "Pictures leave this machine only with --keep-frames. Ctrl-C ends it with everything"
                    + " written stored."
        })
final class IngestVideoCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;
    @Mixin private StreamArguments stream;
    @Mixin private VideoArguments video;

    @Parameters(paramLabel = "SOURCE", description = "A file, or an address like rtsp://host/path.")
    private String source;

    @Option(
            names = "--start-time",
            paramLabel = "TIME",
            converter = EventTimeConverter.class,
            description =
                    "Event time of a file's first frame. If not given: now at the real rate; at the"
                            + " greatest, so that the file ends now.")
    private Long startMillis;

    @Option(names = "--loop", description = "Begin again when the file ends.")
    private boolean loop;

    @Option(names = "--keep-frames", description = "Write the pictures too, as JPEG.")
    private boolean keepsFrames;

    @Override
    public Integer call() throws Exception {
        OptionalLong start =
                startMillis == null ? OptionalLong.empty() : OptionalLong.of(startMillis);
        VideoIngestSettings settings =
                new VideoIngestSettings(
                        source, stream.settings(), video.options(), start, loop, keepsFrames);
        // What is no video is said at once, without waiting for the broker.
        if (!VideoDecoder.isAddress(source) && Files.isRegularFile(SourceFiles.require(source))) {
            requirePicture();
        }
        IngestRun run = new IngestRun(output);
        try (FrameEncoders encoders = FrameEncoders.of(arguments.configuration())) {
            run.run(
                    settings.stream().streamId(),
                    source,
                    arguments,
                    sink ->
                            new VideoIngest(
                                    settings,
                                    encoders.create(),
                                    sink,
                                    run::progress,
                                    output::note));
        }
        return 0;
    }

    private void requirePicture() throws SourceException {
        try (VideoDecoder decoder = VideoDecoder.open(source, video.options())) {
            decoder.next();
        }
    }
}
