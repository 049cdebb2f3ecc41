package io.oxbow.bench.checkpoint;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.OwnJvm;
import io.oxbow.bench.pipeline.JobChoice;
import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a checkpoint stops the operator, how large it is, and how long a restore takes. */
public final class CheckpointBenchmark implements Benchmark {

    /** What to measure. */
    @Command(name = "checkpoint")
    private static final class Choice {
        @Option(names = "--backend", description = "State backend; both if not said.")
        private List<StateBackend> backends = new ArrayList<>();

        @Mixin private JobChoice each = new JobChoice(10_000, 1);

        @Option(
                names = "--rate",
                description =
                        "Events of each stream a second, checkpoints in the time of two; as many as"
                                + " can be if not said.")
        private double rate;

        @Option(names = "--checkpoints", description = "The first two are not counted.")
        private int checkpoints = 9;
    }

    /**
     * One state backend, as printed. Milliseconds are those Flink itself reports of the operator's
     * subtask; of several checkpoints, the first two left out.
     *
     * @param streams all of them changed since the checkpoint before
     * @param rate events of each stream a second; 0 for as many as can be
     * @param syncMillis median pause of the operator
     * @param asyncMillis median of what goes on beside it
     * @param restoreMillis from the submission of the job until as many events as there are streams
     *     have been answered
     */
    record Measured(
            String backend,
            String model,
            int streams,
            double rate,
            int checkpoints,
            double syncMillis,
            double syncMillisMax,
            double asyncMillis,
            long bytes,
            double restoreMillis) {
        String text() {
            return ("%-8s %d streams: pause %.0f ms (at most %.0f), beside it %.0f ms, %.1f MiB,"
                            + " restored in %.0f ms")
                    .formatted(
                            backend,
                            streams,
                            syncMillis,
                            syncMillisMax,
                            asyncMillis,
                            bytes / 1048576.0,
                            restoreMillis);
        }
    }

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String description() {
        return "Pause, size and restore of checkpoints with every stream changed."
                + " [--backend hashmap|rocksdb] [--model s4d|small|memory] [--compute B]"
                + " [--streams N] [--parallelism N] [--rate R] [--checkpoints N]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        choice.each.check();
        if (choice.rate != 0) {
            BenchmarkOptions.requirePositive("--rate", choice.rate);
        }
        BenchmarkOptions.requirePositive("--checkpoints", choice.checkpoints - 2.0);
        for (StateBackend backend :
                choice.backends.isEmpty() ? List.of(StateBackend.values()) : choice.backends) {
            PipelineCase run = choice.each.of(Job.OXBOW, backend, 0, "");
            Measured measured = measured(run, choice);
            output.result(measured, measured.text());
        }
    }

    private static Measured measured(PipelineCase run, Choice choice) throws Exception {
        List<String> arguments = new ArrayList<>(run.arguments());
        arguments.add(Integer.toString(choice.checkpoints));
        arguments.add(Double.toString(choice.rate));
        List<String> lines = OwnJvm.run(CheckpointRun.class, arguments).lines().toList();
        int counted = choice.checkpoints - 2;
        double[] sync = new double[counted];
        double[] async = new double[counted];
        long bytes = 0;
        for (int i = 0; i < counted; i++) {
            String[] said = lines.get(i + 2).split(" ");
            sync[i] = Double.parseDouble(said[0]);
            async[i] = Double.parseDouble(said[1]);
            bytes = Long.parseLong(said[2]);
        }
        Arrays.sort(sync);
        Arrays.sort(async);
        return new Measured(
                run.backend().toString(),
                run.model().toString(),
                run.streams(),
                choice.rate,
                counted,
                sync[counted / 2],
                sync[counted - 1],
                async[counted / 2],
                bytes,
                Double.parseDouble(lines.get(choice.checkpoints)));
    }
}
