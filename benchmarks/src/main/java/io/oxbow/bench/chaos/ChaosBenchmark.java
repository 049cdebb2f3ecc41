package io.oxbow.bench.chaos;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.cluster.NamespaceNetwork;
import io.oxbow.jobs.local.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Not a measurement but a trial: whatever happens to a cluster of real processes, what the job
 * committed equals an undisturbed run, record for record.
 */
public final class ChaosBenchmark implements Benchmark {

    /** What to do. */
    @Command(name = "chaos")
    private static final class Choice {
        @Option(names = "--seed")
        private long seed = System.currentTimeMillis() % 1_000_000;

        @Option(names = "--kills", description = "SIGKILLs of TaskManagers, JobManager, broker.")
        private int kills = 10;

        @Option(names = "--pauses", description = "SIGSTOPs of up to ten seconds each.")
        private int pauses = 3;

        @Option(names = "--rescales", description = "Savepoints resumed at another parallelism.")
        private int rescales = 3;

        @Option(
                names = "--upgrades",
                description = "Savepoints resumed by new processes under other options.")
        private int upgrades = 1;

        @Option(
                names = "--disk-faults",
                description = "Checkpoints' disk full or slow for some seconds.")
        private int diskFaults = 2;

        @Option(
                names = "--cuts",
                description = "Networks of TaskManagers cut for some seconds; needs root on Linux.")
        private int cuts = 0;

        ChaosPlan.Counts counts() {
            return new ChaosPlan.Counts(kills, pauses, rescales, upgrades, diskFaults, cuts);
        }

        @Option(names = "--keep", description = "A folder for logs and states; else they go.")
        private Path keep;
    }

    /**
     * As printed.
     *
     * @param events fed while the chaos lasted
     * @param records of the undisturbed run, inferences, summaries, anomalies and dead letters
     * @param restores of the state after a failure; a blow to a process without tasks brings none
     * @param refusedWrites by a disk that was full
     * @param different records that are missing, too many or not the same
     * @param first different record, in words
     */
    record Outcome(
            long seed,
            int kills,
            int pauses,
            int rescales,
            int upgrades,
            int diskFaults,
            int cuts,
            double seconds,
            long events,
            long records,
            long restores,
            long refusedWrites,
            long different,
            String first) {}

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public String description() {
        return "Kills, pauses and rescales a cluster of processes; outputs against a calm run."
                + " [--seed N] [--kills K] [--pauses P] [--rescales R] [--upgrades U]"
                + " [--disk-faults F] [--cuts C] [--keep DIR]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        ChaosPlan.Counts counts = choice.counts();
        if (counts.fewest() < 0) {
            throw new UserMistake("bench chaos: there cannot be fewer than no blows");
        }
        if (counts.cuts() > 0) {
            NamespaceNetwork.unavailable()
                    .ifPresent(
                            reason -> {
                                throw new UserMistake(
                                        "bench chaos: no network can be cut here: " + reason);
                            });
        }
        output.note("seed " + choice.seed);
        try (ScratchDirectory scratch = ScratchDirectory.create("chaos")) {
            Path root = choice.keep == null ? scratch.path() : choice.keep.toAbsolutePath();
            Files.createDirectories(root);
            Outcome outcome = trial(choice, root, output);
            output.result(outcome, text(outcome));
            if (outcome.different() > 0) {
                throw new IOException("outputs differ: " + outcome.first());
            }
        }
    }

    private static Outcome trial(Choice choice, Path root, OutputOptions output) throws Exception {
        long start = System.nanoTime();
        ChaosPlan plan = ChaosPlan.make(choice.seed, choice.counts(), ChaosCluster.TASK_MANAGERS);
        try (ChaosRun run = ChaosRun.start(plan, root, choice.seed, output::note)) {
            ChaosRun.Result result = run.run();
            return new Outcome(
                    choice.seed,
                    choice.kills,
                    choice.pauses,
                    choice.rescales,
                    choice.upgrades,
                    choice.diskFaults,
                    choice.cuts,
                    Math.round((System.nanoTime() - start) / 1e8) / 10.0,
                    result.events(),
                    result.records(),
                    result.restores(),
                    result.refusedWrites(),
                    result.difference().records(),
                    result.difference().first());
        }
    }

    private static String text(Outcome outcome) {
        return ("seed %d, %d kills, %d pauses, %d rescales, %d upgrades, %d disk faults,"
                        + " %d network cuts (%d writes refused), %d restores: %d of %d records"
                        + " differ, %d events, %.0f s")
                .formatted(
                        outcome.seed(),
                        outcome.kills(),
                        outcome.pauses(),
                        outcome.rescales(),
                        outcome.upgrades(),
                        outcome.diskFaults(),
                        outcome.cuts(),
                        outcome.refusedWrites(),
                        outcome.restores(),
                        outcome.different(),
                        outcome.records(),
                        outcome.events(),
                        outcome.seconds());
    }
}
