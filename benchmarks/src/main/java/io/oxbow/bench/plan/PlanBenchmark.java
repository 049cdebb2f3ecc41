package io.oxbow.bench.plan;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Not a measurement: machines for a number of streams, reckoned from measured costs. */
public final class PlanBenchmark implements Benchmark {
    private static final double GIGA = 1e9;

    /** The question, and the assumptions. */
    @Command(name = "plan")
    private static final class Choice {
        @Option(names = "--streams", split = ",")
        private List<Long> streams = new ArrayList<>(List.of(10_000L, 1_000_000L, 100_000_000L));

        @Option(names = "--rate", description = "Events a second of one stream.")
        private double rate = 0.1;

        @Option(names = "--model")
        private String model = "memory";

        @Option(names = "--input-dim")
        private int inputDim = 64;

        @Option(names = "--core-rate", description = "Events a second and core, measured.")
        private double coreRate = 10_000;

        @Option(names = "--inferences", description = "Whether each is written.")
        private boolean inferences;

        @Option(names = "--checkpoint-seconds")
        private double checkpointSeconds = 600;

        @Option(names = "--cores")
        private int cores = 16;

        @Option(names = "--utilisation")
        private double utilisation = 0.6;

        @Option(names = "--resident-gb")
        private double residentGb = 48;

        @Option(names = "--disk-gb")
        private double diskGb = 3_800;

        @Option(names = "--disk-gbps", description = "Gigabytes a second.")
        private double diskGbps = 1;

        @Option(names = "--network-gbps", description = "Gigabytes a second.")
        private double networkGbps = 1.25;

        @Option(names = "--broker-gbps", description = "Gigabytes a second.")
        private double brokerGbps = 0.2;

        @Option(names = "--replicas")
        private int replicas = 3;

        @Option(names = "--space-amplification")
        private double spaceAmplification = 1.5;

        Machines machines() {
            return new Machines(
                    cores,
                    utilisation,
                    residentGb * GIGA,
                    diskGb * GIGA,
                    diskGbps * GIGA,
                    networkGbps * GIGA,
                    brokerGbps * GIGA,
                    replicas,
                    spaceAmplification);
        }

        void check() {
            double least =
                    DoubleStream.of(
                                    rate,
                                    coreRate,
                                    checkpointSeconds,
                                    cores,
                                    utilisation,
                                    residentGb,
                                    diskGb,
                                    diskGbps,
                                    networkGbps,
                                    brokerGbps,
                                    replicas,
                                    spaceAmplification)
                            .min()
                            .orElseThrow();
            if (!(least > 0) || streams.isEmpty() || streams.stream().anyMatch(s -> s < 1)) {
                throw new UserMistake("bench plan: every number must be positive");
            }
        }
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String description() {
        return "TaskManagers, brokers and bandwidth for a number of streams, from measured costs."
                + " [--streams N,N] [--rate R] [--model M] [--input-dim D] [--core-rate E]"
                + " [--inferences] [--checkpoint-seconds T] [--cores C] [--utilisation U]"
                + " [--resident-gb G] [--disk-gb G] [--disk-gbps G] [--network-gbps G]"
                + " [--broker-gbps G] [--replicas N] [--space-amplification A]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws IOException {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        choice.check();
        Costs costs =
                MeasuredCosts.of(choice.model, choice.inputDim, choice.coreRate, choice.inferences);
        output.result(
                costs,
                "a stream: %,d B of state of the model, %,d B of the summaries; an event: %,d B in, %,d B out, 1/%,.0f s of a core"
                        .formatted(
                                costs.modelBytes(),
                                costs.summaryBytes(),
                                costs.bytesIn(),
                                costs.bytesOut(),
                                costs.coreRate()));
        for (long streams : choice.streams) {
            SizePlan plan =
                    SizePlan.of(
                            streams,
                            choice.rate,
                            choice.checkpointSeconds,
                            costs,
                            choice.machines());
            output.result(plan, plan.text());
        }
    }
}
