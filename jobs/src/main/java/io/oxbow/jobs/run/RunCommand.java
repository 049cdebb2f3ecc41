package io.oxbow.jobs.run;

import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.console.Console;
import io.oxbow.jobs.console.ConsoleAddress;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.RunningJob;
import io.oxbow.jobs.local.ScratchDirectory;
import io.oxbow.jobs.local.StopSignal;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the job on a cluster inside this process until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Run the job on a local cluster.",
            "Ctrl-C and SIGTERM stop it with a savepoint, all results up to it committed."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of each operator; as many as processors if not given.")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Keep checkpoints here and go on from the newest. Without it, a later run"
                            + " starts with empty memories.")
    private Path stateDirectory;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Port of Flink's web page; any free one if not given.")
    private int webPort;

    @Option(
            names = "--console",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description =
                    "Serve Oxbow's page too, on this port; without a port on "
                            + ConsoleAddress.USUAL_PORT
                            + " or, if that is taken, any free one.")
    private Integer consolePort;

    /** Printed when the job runs; no page is null. */
    record Started(String event, URI page, URI web, String broker, String resumedFrom) {}

    /** Printed when the job has ended. */
    record Stopped(String event, String savepoint, long checkpoints) {}

    @Override
    public Integer call() throws Exception {
        LocalCluster.mustBePossible(parallelism, webPort);
        Configuration options = arguments.configuration();
        OxbowTopics.createMissing(options);
        try (StopSignal stop = StopSignal.listen();
                ScratchDirectory scratch = ScratchDirectory.create("run")) {
            StateDirectory state =
                    new StateDirectory(stateDirectory == null ? scratch.path() : stateDirectory);
            Optional<Path> resumedFrom = state.newest();
            state.configure(options);
            options.addAll(JobConfiguration.defaultsBeside(options));
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(options);
            environment.setParallelism(parallelism);
            OxbowJob.build(environment, options);
            try (Console page = page(options);
                    LocalCluster cluster =
                            LocalCluster.start(options, parallelism, webPort, scratch.path())) {
                RunningJob job = cluster.submit(environment);
                job.awaitRunning(START_PATIENCE);
                tellStarted(
                        page == null ? null : page.address(),
                        cluster.webAddress(),
                        options,
                        resumedFrom.map(Path::toString).orElse(null));
                while (!stop.await(POLL)) {
                    if (job.ended()) {
                        job.await();
                        return 0;
                    }
                }
                Path savepoint = job.stopWithSavepoint(state.savepoints(), StopSignal.JOB_PATIENCE);
                tellStopped(
                        stateDirectory == null ? null : savepoint.toString(),
                        job.completedCheckpoints());
            }
        }
        return 0;
    }

    /** Null if none is wanted. */
    private Console page(Configuration options) throws IOException {
        return consolePort == null
                ? null
                : Console.start(options, ConsoleAddress.local(consolePort));
    }

    private void tellStarted(URI page, URI web, Configuration options, String resumedFrom) {
        String broker = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        output.result(
                new Started("started", page, web, broker, resumedFrom),
                "Running on %s.%s Flink's page: %s%s%nCtrl-C stops it."
                        .formatted(
                                broker,
                                page == null ? "" : " Look: " + page + ".",
                                web,
                                resumedFrom == null ? "" : "\nResumed from " + resumedFrom));
    }

    private void tellStopped(String savepoint, long checkpoints) {
        output.result(
                new Stopped("stopped", savepoint, checkpoints),
                savepoint == null ? "Stopped." : "Stopped. Savepoint: " + savepoint);
    }
}
