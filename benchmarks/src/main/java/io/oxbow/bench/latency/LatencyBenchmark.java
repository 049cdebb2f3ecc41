package io.oxbow.bench.latency;

import com.sun.management.OperatingSystemMXBean;
import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.OwnJvm;
import io.oxbow.bench.pipeline.JobChoice;
import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.bench.pipeline.PipelineTopics;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From an event in Kafka to its inference in Kafka, at least once: how long it takes at half the
 * greatest load, and when almost nothing is going on.
 */
public final class LatencyBenchmark implements Benchmark {
    private static final int FEW_EVENTS = 100;
    private static final int FEW_PER_SECOND = 20;
    private static final int MOST_PER_SECOND = 300_000;

    /** What to measure. */
    @Command(name = "latency")
    private static final class Choice {
        @Option(
                names = "--job",
                description = "Repeat for several; identity, then oxbow if not said.")
        private List<Job> jobs = new ArrayList<>();

        @Option(names = "--backend")
        private StateBackend backend = StateBackend.HASHMAP;

        @Mixin private JobChoice each = new JobChoice();

        @Option(names = "--burst", description = "Events that find the greatest load.")
        private int burst = 200_000;

        @Option(
                names = "--rate",
                description = "Events a second; half the greatest of the last job if not said.")
        private double rate;

        @Option(names = "--seconds", description = "How long at that rate.")
        private double seconds = 10;
    }

    /**
     * One job under one load, as printed.
     *
     * @param load {@code half} of the greatest load, or {@code idle}
     * @param busy part of the machine's processor time that was used meanwhile, by all programs
     */
    record Measured(
            String job,
            String backend,
            String model,
            String load,
            double eventsPerSecond,
            int events,
            double p50Millis,
            double p99Millis,
            double p999Millis,
            double busy) {

        String text() {
            return ("%-8s %-4s %8.0f events/s  p50 %6.1f ms  p99 %6.1f ms  p99.9 %6.1f ms"
                            + "  %.0f %% of the machine")
                    .formatted(
                            job,
                            load,
                            eventsPerSecond,
                            p50Millis,
                            p99Millis,
                            p999Millis,
                            100 * busy);
        }
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "From an event in Kafka to its inference: p50, p99, p99.9 at half load and idle."
                + " [--job J] [--model s4d|memory] [--backend hashmap|rocksdb] [--streams N]"
                + " [--burst N] [--rate R] [--seconds S]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--burst", choice.burst);
        BenchmarkOptions.requirePositive("--seconds", choice.seconds);
        choice.each.check();
        List<Job> jobs = choice.jobs.isEmpty() ? List.of(Job.IDENTITY, Job.OXBOW) : choice.jobs;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            String servers = broker.bootstrapServers();
            double rate = choice.rate;
            if (!(rate > 0)) {
                Job last = jobs.get(jobs.size() - 1);
                double greatest = inJob(last, choice, servers, trips -> trips.burst(choice.burst));
                output.note("%s manages %.0f events/s".formatted(last, greatest));
                rate = greatest / 2;
            }
            for (Job job : jobs) {
                measure(job, rate, choice, servers, output);
            }
        }
    }

    /** Something to do while a job runs. */
    private interface Load<T> {
        T on(RoundTrips trips) throws Exception;
    }

    /** Starts a job, lets the JVMs compile and the caches fill, and puts a load on it. */
    private static <T> T inJob(Job job, Choice choice, String servers, Load<T> load)
            throws Exception {
        int streams = choice.each.streams();
        Configuration options = PipelineTopics.options(servers, choice.each.parallelism());
        options.set(KafkaOptions.PROPERTIES, Map.of("linger.ms", "0"));
        OxbowTopics.createMissing(options);
        int most = 2 * choice.burst + (int) (choice.seconds * 1.5 * MOST_PER_SECOND);
        PipelineCase run = choice.each.of(job, choice.backend, 0, servers);
        Process process = OwnJvm.start(LatencyJob.class, run.arguments());
        try (RoundTrips trips = new RoundTrips(options, streams, most)) {
            trips.awaitFirst();
            trips.burst(choice.burst);
            return load.on(trips);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void measure(
            Job job, double rate, Choice choice, String servers, OutputOptions output)
            throws Exception {
        PipelineCase run = choice.each.of(job, choice.backend, 0, servers);
        int events = (int) (rate * choice.seconds);
        inJob(
                job,
                choice,
                servers,
                trips -> {
                    trips.paced(rate, events / 2);
                    print(run, "half", rate, events, trips, output);
                    print(run, "idle", FEW_PER_SECOND, FEW_EVENTS, trips, output);
                    return null;
                });
    }

    private static void print(
            PipelineCase run,
            String load,
            double rate,
            int events,
            RoundTrips trips,
            OutputOptions output)
            throws Exception {
        OperatingSystemMXBean machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        machine.getCpuLoad();
        long[] sorted = trips.paced(rate, events);
        Measured measured =
                new Measured(
                        run.job().toString(),
                        run.backend().toString(),
                        run.model().toString(),
                        load,
                        rate,
                        sorted.length,
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.99),
                        quantile(sorted, 0.999),
                        machine.getCpuLoad());
        output.result(measured, measured.text());
    }

    private static double quantile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] * 1e-6;
    }
}
