package io.oxbow.bench.scale;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.OwnJvm;
import io.oxbow.bench.pipeline.ModelChoice;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.bench.scale.StreamChoice.Access;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.model.StateLayout;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What an event costs when there are many streams, more than fit the resident memory, and when one
 * stream has been going on for long. The operator alone, one subtask, default resident memory.
 */
public final class ScaleBenchmark implements Benchmark {
    private static final long WINDOW = 200_000;
    private static final long WARM_UP = 600_000;

    /** What to measure. */
    @Command(name = "scale")
    private static final class Choice {
        @Option(names = "--streams", split = ",", description = "How many; repeat for several.")
        private List<Integer> streams = new ArrayList<>();

        @Option(names = "--access", description = "uniform or zipf; both if not said.")
        private List<Access> access = new ArrayList<>();

        @Mixin private ModelChoice model = new ModelChoice();

        @Option(names = "--backend")
        private StateBackend backend = StateBackend.ROCKSDB;

        @Option(names = "--events", description = "After every stream is known.")
        private long events = 300_000;

        @Option(names = "--long-events", description = "Events of the one long stream; 0 for none.")
        private long longEvents = 1_000_000;
    }

    /**
     * One measurement, as printed.
     *
     * @param streams how many there are
     * @param access how they are drawn; {@code one} for a single long stream
     * @param events after which the cost was measured; of the one stream, or of all
     * @param stateBytesPerStream of the state's row
     * @param ofFirst cost over that of the first line of the same access
     */
    record Measured(
            String backend,
            String model,
            int streams,
            String access,
            long events,
            double nanosPerEvent,
            long stateBytesPerStream,
            Double ofFirst) {
        String text() {
            return "%8d streams  %-8s after %9d events  %9.0f ns an event%s"
                    .formatted(
                            streams,
                            access,
                            events,
                            nanosPerEvent,
                            ofFirst == null ? "" : "  %.2f of the first".formatted(ofFirst));
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String description() {
        return "Cost an event with many streams and in a long stream. [--streams N,N,...]"
                + " [--access uniform|zipf] [--model s4d|small|memory] [--backend B] [--events N]"
                + " [--long-events N]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws Exception {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--events", choice.events);
        List<Integer> streams =
                choice.streams.isEmpty() ? List.of(1_000, 10_000, 100_000) : choice.streams;
        for (int count : streams) {
            BenchmarkOptions.requirePositive("--streams", count);
        }
        StateLayout layout = choice.model.model().load().plan().layout();
        for (Access access : choice.access.isEmpty() ? List.of(Access.values()) : choice.access) {
            Double first = null;
            for (int count : streams) {
                double nanos =
                        1e9
                                / rates(
                                                ScaleRun.manyStreams(
                                                        choice.backend,
                                                        choice.model.model(),
                                                        choice.model.compute(),
                                                        count,
                                                        choice.events,
                                                        access))
                                        .get(0);
                print(
                        choice,
                        count,
                        access.toString(),
                        choice.events,
                        nanos,
                        layout,
                        first,
                        output);
                first = first == null ? nanos : first;
            }
        }
        if (choice.longEvents > 0) {
            BenchmarkOptions.requirePositive("--long-events", choice.longEvents - 2 * WINDOW);
            List<Double> rates =
                    rates(
                            ScaleRun.oneStream(
                                    choice.backend,
                                    choice.model.model(),
                                    choice.model.compute(),
                                    WARM_UP,
                                    choice.longEvents,
                                    WINDOW));
            double early = 1e9 / rates.get(0);
            print(choice, 1, "one", 1000, early, layout, null, output);
            double late = 1e9 / rates.get(1);
            print(choice, 1, "one", choice.longEvents - WINDOW, late, layout, early, output);
        }
    }

    private static List<Double> rates(List<String> arguments) throws Exception {
        return OwnJvm.run(ScaleRun.class, arguments).lines().map(Double::parseDouble).toList();
    }

    private static void print(
            Choice choice,
            int streams,
            String access,
            long events,
            double nanos,
            StateLayout layout,
            Double first,
            OutputOptions output) {
        Measured measured =
                new Measured(
                        choice.backend.toString(),
                        choice.model.model().toString(),
                        streams,
                        access,
                        events,
                        nanos,
                        layout.bytes(),
                        first == null ? null : nanos / first);
        output.result(measured, measured.text());
    }
}
