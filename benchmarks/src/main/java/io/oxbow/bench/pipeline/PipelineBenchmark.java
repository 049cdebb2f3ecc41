package io.oxbow.bench.pipeline;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.OwnJvm;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.Source;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cli.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Events a second of whole Flink jobs, a JVM of its own for each: nothing at all, state as one
 * would first keep it, and the operator. From Kafka to Kafka exactly once, or without Kafka.
 */
public final class PipelineBenchmark implements Benchmark {

    /** What to measure. */
    @Command(name = "pipeline")
    private static final class Choice {
        @Option(names = "--job", description = "Repeat for several; all if not said.")
        private List<Job> jobs = new ArrayList<>();

        @Option(names = "--backend", description = "State backend; both if not said.")
        private List<StateBackend> backends = new ArrayList<>();

        @Option(names = "--source")
        private Source source = Source.KAFKA;

        @Option(names = "--events")
        private long events = 400_000;

        @Mixin private JobChoice each = new JobChoice();
    }

    /**
     * One run, as printed.
     *
     * @param backend where keyed state lives
     * @param seconds from before the cluster starts until it has ended
     * @param jobSeconds of the job alone
     * @param eventsPerSecond start and end of the cluster included
     * @param steadyEventsPerSecond from when 40 % of the events had passed until 95 % had: start-up
     *     and most of the JVM's compilation left out
     * @param ofIdentity steady rate over that of the identity job on the same state backend in this
     *     run; null if it was not measured
     * @param ofNaive the same over that of the naive job
     * @param cpu processor time of an event in the same part of the run
     */
    record Measured(
            String job,
            String backend,
            String model,
            String source,
            long events,
            int streams,
            int stateFloats,
            int parallelism,
            double seconds,
            double jobSeconds,
            double eventsPerSecond,
            double jobEventsPerSecond,
            double steadyEventsPerSecond,
            Double ofIdentity,
            Double ofNaive,
            CpuPerEvent cpu) {
        String text() {
            return "%-8s %-8s steady %8.0f events/s, with start-up %8.0f%s%s%n  %s"
                    .formatted(
                            job,
                            backend,
                            steadyEventsPerSecond,
                            eventsPerSecond,
                            ofIdentity == null ? "" : "  %.2f of identity".formatted(ofIdentity),
                            ofNaive == null ? "" : "  %.2f of naive".formatted(ofNaive),
                            cpu.text());
        }
    }

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String description() {
        return "Events a second of whole jobs: identity, naive, oxbow. [--source kafka|generator]"
                + " [--model s4d|memory] [--job J] [--backend hashmap|rocksdb] [--compute B]"
                + " [--events N] [--streams N] [--parallelism N]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--events", choice.events);
        choice.each.check();
        if (choice.source == Source.GENERATOR) {
            measure(choice, "", output);
            return;
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            String servers = broker.bootstrapServers();
            PipelineTopics.fill(
                    PipelineTopics.options(servers, choice.each.parallelism()),
                    choice.events,
                    choice.each.streams());
            measure(choice, servers, output);
        }
    }

    private static void measure(Choice choice, String servers, OutputOptions output)
            throws Exception {
        List<Job> jobs = choice.jobs.isEmpty() ? List.of(Job.values()) : choice.jobs;
        List<StateBackend> backends =
                choice.backends.isEmpty() ? List.of(StateBackend.values()) : choice.backends;
        for (StateBackend backend : backends) {
            Double identity = null;
            Double naive = null;
            for (Job job : jobs) {
                PipelineCase run = choice.each.of(job, backend, choice.events, servers);
                Measured measured = measured(run, identity, naive);
                output.result(measured, measured.text());
                if (job == Job.IDENTITY) {
                    identity = measured.steadyEventsPerSecond();
                } else if (job == Job.NAIVE) {
                    naive = measured.steadyEventsPerSecond();
                }
            }
        }
    }

    private static Measured measured(PipelineCase run, Double identity, Double naive)
            throws Exception {
        String[] said = OwnJvm.run(PipelineRun.class, run.arguments()).strip().split(" ");
        double seconds = Double.parseDouble(said[0]);
        double jobSeconds = Double.parseDouble(said[1]);
        double steady = Double.parseDouble(said[2]);
        return new Measured(
                run.job().toString(),
                run.backend().toString(),
                run.model().toString(),
                run.source().toString(),
                run.events(),
                run.streams(),
                run.job() == Job.IDENTITY ? 0 : run.model().load().plan().layout().floats(),
                run.parallelism(),
                seconds,
                jobSeconds,
                run.events() / seconds,
                run.events() / jobSeconds,
                steady,
                ratio(steady, identity),
                ratio(steady, naive),
                CpuPerEvent.of(said[3]));
    }

    private static Double ratio(double rate, Double reference) {
        return reference == null ? null : rate / reference;
    }
}
