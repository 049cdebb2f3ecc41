package io.oxbow.jobs.ingest;

import io.oxbow.ingest.SourceFiles;
import io.oxbow.ingest.audio.AudioIngest;
import io.oxbow.ingest.audio.AudioIngestSettings;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.DurationConverter;
import io.oxbow.jobs.cli.EventTimeConverter;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the features of a sound to Kafka. */
@Command(
        name = "audio",
        description = {
            "Encode a sound file and write its features to Kafka.",
            "A feature vector describes a chunk: 40 mel bands, level, flatness and onset."
        })
final class IngestAudioCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;
    @Mixin private StreamArguments stream;

    @Parameters(paramLabel = "SOURCE", description = "A WAV, AIFF or AU file.")
    private String source;

    @Option(
            names = "--chunk",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Length of sound that one vector describes; 250ms if not given.")
    private Duration chunk = AudioIngestSettings.STANDARD_CHUNK;

    @Option(
            names = "--start-time",
            paramLabel = "TIME",
            converter = EventTimeConverter.class,
            description =
                    "Event time of the first sample. If not given: now at the real rate; at the"
                            + " greatest, so that the file ends now.")
    private Long startMillis;

    @Override
    public Integer call() throws Exception {
        AudioIngestSettings settings = settings();
        // What is no sound is said at once, without waiting for the broker.
        if (Files.isRegularFile(SourceFiles.require(source))) {
            AudioIngest.requireSound(settings);
        }
        IngestRun run = new IngestRun(output);
        run.run(
                settings.stream().streamId(),
                source,
                arguments,
                sink -> new AudioIngest(settings, sink, run::progress));
        return 0;
    }

    private AudioIngestSettings settings() {
        OptionalLong start =
                startMillis == null ? OptionalLong.empty() : OptionalLong.of(startMillis);
        try {
            return new AudioIngestSettings(source, stream.settings(), chunk, start);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--chunk: " + e.getMessage(), e);
        }
    }
}
