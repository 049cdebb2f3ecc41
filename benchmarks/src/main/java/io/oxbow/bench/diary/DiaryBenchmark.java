package io.oxbow.bench.diary;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.event.Answer;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.ScratchDirectory;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A fleet's week through Kafka, with crashes, and then questions about it. */
public final class DiaryBenchmark implements Benchmark {
    private static final long START = Instant.parse("2025-03-03T00:00:00Z").toEpochMilli();
    private static final int SLOTS = 2;

    /** How large the fleet is and how it is filmed. */
    @Command(name = "diary")
    static final class Choice {
        @Option(names = "--cameras", description = "Cameras, each with a diary of its own.")
        int cameras = 20;

        @Option(names = "--days", description = "Days from a Monday on, at least 2.")
        int days = 7;

        @Option(names = "--every", description = "Seconds between pictures.")
        int every = 20;

        @Option(names = "--queries", description = "Questions whose time is taken.")
        int queries = 200;

        @Option(names = "--seed", description = "Another number, another diary.")
        long seed = 1;
    }

    @Override
    public String name() {
        return "diary";
    }

    @Override
    public String description() {
        return "A camera fleet's week with a known diary, against the answers."
                + " --cameras N --days N --every SECONDS --queries N --seed N";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--cameras", choice.cameras);
        BenchmarkOptions.requirePositive("--days", choice.days - 1);
        BenchmarkOptions.requirePositive("--every", choice.every);
        BenchmarkOptions.requirePositive("--queries", choice.queries);
        DiaryReport report = measure(choice);
        output.result(report, report.text());
    }

    static DiaryReport measure(Choice choice) throws Exception {
        long step = choice.every * 1000L;
        List<CameraDiary> cameras = new ArrayList<>();
        for (int i = 0; i < choice.cameras; i++) {
            cameras.add(
                    new CameraDiary(
                            "cam-%02d".formatted(i + 1),
                            START,
                            choice.days,
                            step,
                            choice.seed * 1000 + i));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ScratchDirectory scratch = ScratchDirectory.create("diary");
                LocalCluster cluster =
                        LocalCluster.start(
                                new Configuration(), SLOTS, 0, scratch.directory("cluster"))) {
            Configuration options = new Configuration();
            options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
            options.set(KafkaOptions.PARTITIONS, SLOTS);
            OxbowTopics.createMissing(options);
            try (FleetReplay replay =
                    new FleetReplay(
                            cameras,
                            choice.days,
                            cluster,
                            options,
                            scratch.directory("checkpoints"))) {
                long began = System.nanoTime();
                replay.run();
                double seconds = (System.nanoTime() - began) * 1e-9;
                return question(choice, cameras, replay, seconds);
            }
        }
    }

    private static DiaryReport question(
            Choice choice, List<CameraDiary> cameras, FleetReplay replay, double seconds)
            throws Exception {
        try (FleetQuestions questions = new FleetQuestions(replay.options())) {
            DiaryCheck check = new DiaryCheck(questions, START, choice.days, choice.every * 1000L);
            for (CameraDiary camera : cameras) {
                check.check(camera);
            }
            Answer all = questions.ask("cam-*", "cam-*", "peaks", 0, 0, 0);
            questions.begin();
            String[] kinds = {"status", "history", "peaks", "compare", "baseline", "summary"};
            for (int i = 0; i < choice.queries; i++) {
                String camera = cameras.get(i % cameras.size()).name();
                questions.ask(camera, "", kinds[i % kinds.length], 0, 0, 0);
            }
            long events = cameras.stream().mapToLong(CameraDiary::events).sum();
            return new DiaryReport(
                    choice.cameras,
                    choice.days,
                    events,
                    check.planted,
                    check.plantedFound,
                    check.worstMillis / 1e3,
                    check.outages,
                    check.outagesFound,
                    check.curveCells,
                    check.curveWithin / (double) check.curveCells,
                    check.curveErrorHolds,
                    choice.cameras * choice.days,
                    check.stateBytes,
                    modelBytes(),
                    events / choice.cameras * LumaMotionEncoder.DIM * Float.BYTES,
                    questions.answered(),
                    questions.quantile(0.5),
                    questions.quantile(0.99),
                    all.ranking().size(),
                    all.missing().size(),
                    FleetReplay.crashes(),
                    FleetReplay.rescales(),
                    seconds);
        }
    }

    private static long modelBytes() {
        return BenchmarkPlans.all().get("memory-64").get().layout().bytes();
    }
}
