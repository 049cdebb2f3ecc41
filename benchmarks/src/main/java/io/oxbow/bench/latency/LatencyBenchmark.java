package io.oxbow.bench.latency;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.OwnJvm;
import io.oxbow.bench.pipeline.BenchmarkModel;
import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.bench.pipeline.PipelineTopics;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From an event in Kafka to its inference in Kafka, at least once: how long it takes at half the
 * greatest load, and when almost nothing is going on.
 */
public final class LatencyBenchmark implements Benchmark {
    private static final int FEW_EVENTS = 100;
    private static final int MOST_PER_SECOND = 300_000;

    /** What to measure. */
    @Command(name = "latency")
    private static final class Choice {
        @Option(
                names = "--job",
                description = "Repeat for several; oxbow and identity if not said.")
        private List<Job> jobs = new ArrayList<>();

        @Option(names = "--model")
        private BenchmarkModel model = BenchmarkModel.S4D;

        @Option(names = "--backend")
        private StateBackend backend = StateBackend.HASHMAP;

        @Option(names = "--compute")
        private String compute = "auto";

        @Option(names = "--streams")
        private int streams = 1000;

        @Option(names = "--parallelism")
        private int parallelism = Math.min(2, Runtime.getRuntime().availableProcessors());

        @Option(names = "--burst", description = "Events that find the greatest load.")
        private int burst = 200_000;

        @Option(names = "--rate", description = "Events a second; half the greatest if not said.")
        private double rate;

        @Option(names = "--seconds", description = "How long at that rate.")
        private double seconds = 10;
    }

    /**
     * One job under one load, as printed.
     *
     * @param load {@code half} of what the first job could do, or {@code idle}
     * @param greatest events a second of this job's burst, producer and reader on the same machine
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
            double greatest) {

        String text() {
            return "%-8s %-4s %8.0f events/s  p50 %6.1f ms  p99 %6.1f ms  p99.9 %6.1f ms"
                    .formatted(job, load, eventsPerSecond, p50Millis, p99Millis, p999Millis);
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
        BenchmarkOptions.requirePositive("--streams", choice.streams);
        BenchmarkOptions.requirePositive("--parallelism", choice.parallelism);
        BenchmarkOptions.requirePositive("--seconds", choice.seconds);
        List<Job> jobs = choice.jobs.isEmpty() ? List.of(Job.OXBOW, Job.IDENTITY) : choice.jobs;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            double rate = choice.rate;
            for (Job job : jobs) {
                rate = measure(job, rate, choice, broker.bootstrapServers(), output);
            }
        }
    }

    /**
     * @param givenRate events a second, or 0 for half of what this job can do
     * @return the rate it was measured at
     */
    private static double measure(
            Job job, double givenRate, Choice choice, String servers, OutputOptions output)
            throws Exception {
        PipelineCase run =
                new PipelineCase(
                        job,
                        choice.backend,
                        choice.model,
                        choice.compute,
                        0,
                        choice.streams,
                        choice.parallelism,
                        servers);
        Configuration options = PipelineTopics.options(servers, choice.parallelism);
        options.set(KafkaOptions.PROPERTIES, Map.of("linger.ms", "0"));
        OxbowTopics.createMissing(options);
        int most = 2 * choice.burst + (int) (choice.seconds * 1.5 * MOST_PER_SECOND);
        Process process = OwnJvm.start(LatencyJob.class, run.arguments());
        try (RoundTrips trips = new RoundTrips(options, choice.streams, most)) {
            trips.awaitFirst();
            trips.burst(choice.burst);
            double greatest = trips.burst(choice.burst);
            double rate = givenRate > 0 ? givenRate : greatest / 2;
            int events = (int) (rate * choice.seconds);
            trips.paced(rate, events / 2);
            print(run, "half", rate, trips.paced(rate, events), greatest, output);
            print(run, "idle", 20, trips.paced(20, FEW_EVENTS), greatest, output);
            return rate;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void print(
            PipelineCase run,
            String load,
            double rate,
            long[] sorted,
            double greatest,
            OutputOptions output) {
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
                        greatest);
        output.result(measured, measured.text());
    }

    private static double quantile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] * 1e-6;
    }
}
