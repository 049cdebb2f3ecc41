package io.oxbow.jobs.demo;

import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.KnownOptions;
import io.oxbow.jobs.cli.DurationConverter;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.console.Console;
import io.oxbow.jobs.console.ConsoleAddress;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows Oxbow at work without anything installed: embedded Kafka, embedded Flink, cameras. */
@Command(
        name = "demo",
        description = {
            "Show Oxbow at work: cameras, Kafka and Flink on this machine alone.",
            "Without --video or --csv it films made-up places."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int RENDERED_CAMERAS = 4;
    private static final int MOST_CAMERAS = 1000;

    @Mixin private OutputOptions output;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            description = "How many cameras: 4 made-up places, or one playing the video.")
    private Integer cameras;

    @Option(
            names = "--all-kinds",
            description =
                    "Show a microphone and a sensor of many channels beside the made-up places.")
    private boolean allKinds;

    @Option(
            names = "--duration",
            paramLabel = "D",
            converter = DurationConverter.class,
            description =
                    "For how long the cameras run, for example 60s; until Ctrl-C if not given.")
    private Duration duration;

    @Option(names = "--video", paramLabel = "FILE", description = "Play this file in a loop.")
    private Path video;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            converter = PlaybackRate.Converter.class,
            description = "How fast the video plays: real, max, or a factor such as 4x.")
    private PlaybackRate rate;

    @ArgGroup(exclusive = false)
    private TableArguments table;

    @Option(
            names = "--headless",
            description =
                    "For scripts: findings and totals only, no progress and no page; ends with the"
                            + " file of --csv.")
    private boolean headless;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Subtasks of each operator; ${DEFAULT-VALUE} if not given.")
    private int parallelism;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Port of Flink's web page; any free one if not given.")
    private int webPort;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of Oxbow's page; "
                            + ConsoleAddress.USUAL_PORT
                            + " or, if that is taken, any free one if not given.")
    private int port;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Set an option of Oxbow or Flink.")
    private Map<String, String> pairs = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        DemoSettings settings = settings();
        if (settings.page().isPresent()) {
            Console.mustBeFree(settings.page().get());
        }
        DemoConsole console = new DemoConsole(output, !headless && !output.json());
        try (StopSignal stop = StopSignal.listen()) {
            console.ended(new Demo(settings, console).run(stop));
        }
        return 0;
    }

    private DemoSettings settings() {
        LocalCluster.mustBePossible(parallelism, webPort);
        Configuration options = new Configuration();
        JobConfiguration.override(options, pairs);
        KnownOptions.refuseUnknown(options);
        return new DemoSettings(
                source(),
                Optional.ofNullable(duration),
                parallelism,
                webPort,
                headless ? Optional.empty() : Optional.of(ConsoleAddress.local(port)),
                options);
    }

    private DemoSource source() {
        if (rate != null && video == null) {
            throw new UserMistake("--rate is the rate of a video, give one with --video FILE");
        }
        if (allKinds && (video != null || table != null)) {
            throw new UserMistake("--all-kinds goes with made-up places, not with a file");
        }
        if (table != null) {
            if (video != null || cameras != null) {
                throw new UserMistake("--csv is shown alone, without --video and --cameras");
            }
            return table.source(output);
        }
        int count = cameras != null ? cameras : video == null ? RENDERED_CAMERAS : 1;
        if (count < 1 || count > MOST_CAMERAS) {
            throw new UserMistake(
                    "--cameras must lie between 1 and " + MOST_CAMERAS + ", not " + count);
        }
        return video == null
                ? new MadeUpPlaces(count, allKinds)
                : new VideoFile(video, count, rate == null ? PlaybackRate.REAL : rate);
    }
}
