package io.oxbow.bench.pipeline;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Events a second of whole Flink jobs, a JVM of its own for each: nothing at all, state as one
 * would first keep it, and the operator.
 */
public final class PipelineBenchmark implements Benchmark {

    /** What to measure. */
    @Command(name = "pipeline")
    private static final class Choice {
        @Option(names = "--job", description = "Repeat for several; all if not said.")
        private List<Job> jobs = new ArrayList<>();

        @Option(names = "--backend", description = "State backend; both if not said.")
        private List<StateBackend> backends = new ArrayList<>();

        @Option(names = "--compute", description = "Compute backend of the operator.")
        private String compute = "auto";

        @Option(names = "--events")
        private long events = 400_000;

        @Option(names = "--streams")
        private int streams = 1000;

        @Option(names = "--parallelism")
        private int parallelism = Math.min(2, Runtime.getRuntime().availableProcessors());
    }

    /**
     * One run, as printed.
     *
     * @param backend where keyed state lives
     * @param seconds from before the cluster starts until it has ended
     * @param jobSeconds of the job alone
     * @param eventsPerSecond start and end of the cluster included
     */
    record Measured(
            String job,
            String backend,
            long events,
            int streams,
            int stateFloats,
            int parallelism,
            double seconds,
            double jobSeconds,
            double eventsPerSecond,
            double jobEventsPerSecond) {
        String text() {
            return "%-8s %-8s %8.0f events/s, start-up left out %8.0f  (%d events, %d streams)"
                    .formatted(job, backend, eventsPerSecond, jobEventsPerSecond, events, streams);
        }
    }

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String description() {
        return "Events a second of whole jobs: identity, naive, oxbow."
                + " [--job J] [--backend hashmap|rocksdb] [--compute B] [--events N] [--streams N]"
                + " [--parallelism N]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--events", choice.events);
        BenchmarkOptions.requirePositive("--streams", choice.streams);
        BenchmarkOptions.requirePositive("--parallelism", choice.parallelism);
        List<Job> jobs = choice.jobs.isEmpty() ? List.of(Job.values()) : choice.jobs;
        List<StateBackend> backends =
                choice.backends.isEmpty() ? List.of(StateBackend.values()) : choice.backends;
        for (StateBackend backend : backends) {
            for (Job job : jobs) {
                PipelineCase run =
                        new PipelineCase(
                                job,
                                backend,
                                choice.compute,
                                choice.events,
                                choice.streams,
                                choice.parallelism);
                Measured measured = inOwnJvm(run);
                output.result(measured, measured.text());
            }
        }
    }

    private static Measured measured(PipelineCase run, double seconds, double jobSeconds) {
        return new Measured(
                run.job().toString(),
                run.backend().toString(),
                run.events(),
                run.streams(),
                run.job() == Job.IDENTITY ? 0 : PipelineRun.stateFloats(),
                run.parallelism(),
                seconds,
                jobSeconds,
                run.events() / seconds,
                run.events() / jobSeconds);
    }

    /** Runs it with this JVM's own class path and flags. */
    private static Measured inOwnJvm(PipelineCase run) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(PipelineRun.class.getName());
        command.addAll(run.arguments());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        "the job " + run.job() + " on " + run.backend() + " failed, see above");
            }
            String[] seconds = said.strip().split(" ");
            return measured(run, Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
        } finally {
            process.destroy();
        }
    }
}
