package io.oxbow.bench.memory;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.model.StateLayout;
import io.oxbow.plan.StepPlan;
import java.util.List;
import picocli.CommandLine.Command;

/** What one stream's state takes, for each plan that has one. */
public final class MemoryBenchmark implements Benchmark {

    /** There is nothing to choose. */
    @Command(name = "memory")
    private static final class Choice {}

    /**
     * One plan, as printed.
     *
     * @param bytesPerStream of the row, resident or stored
     * @param streamsPerGibibyte how many rows fit
     */
    record Footprint(
            String model,
            int inputDim,
            int floats,
            int longs,
            long bytesPerStream,
            long streamsPerGibibyte) {
        String text() {
            return "%-10s %4d inputs %8d B a stream %10d streams in a GiB"
                    .formatted(model, inputDim, bytesPerStream, streamsPerGibibyte);
        }
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "Bytes of state a stream, for each model.";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) {
        BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkPlans.all()
                .forEach(
                        (name, supplier) -> {
                            StepPlan plan = supplier.get();
                            if (plan.layout().bytes() > 0) {
                                Footprint footprint = footprint(name, plan);
                                output.result(footprint, footprint.text());
                            }
                        });
    }

    static Footprint footprint(String name, StepPlan plan) {
        StateLayout layout = plan.layout();
        return new Footprint(
                name,
                plan.inputDim(),
                layout.floats(),
                layout.longs(),
                layout.bytes(),
                (1L << 30) / layout.bytes());
    }
}
