package io.oxbow.jobs.bench;

import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Runs the measurement of the given name, or lists those that are present. */
@Command(name = "bench", description = "Run a measurement; without a name, list them.")
public final class BenchCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which measurement, for example kernels.")
    private String name;

    @Unmatched private final List<String> arguments = new ArrayList<>();

    /** One measurement, as listed. */
    record Listing(String name, String description) {}

    @Override
    public Integer call() throws Exception {
        List<Benchmark> benchmarks = new ArrayList<>();
        ServiceLoader.load(Benchmark.class, BenchCommand.class.getClassLoader())
                .forEach(benchmarks::add);
        benchmarks.sort(Comparator.comparing(Benchmark::name));
        if (name == null) {
            if (!arguments.isEmpty()) {
                throw new UserMistake(
                        "'"
                                + arguments.get(0)
                                + "' is no option of the list of measurements: name one of them"
                                + " before its options");
            }
            list(benchmarks);
            return 0;
        }
        for (Benchmark benchmark : benchmarks) {
            if (benchmark.name().equals(name)) {
                benchmark.run(List.copyOf(arguments), output);
                return 0;
            }
        }
        String known = benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", "));
        throw new UserMistake(
                "there is no measurement '"
                        + name
                        + "' here; known: "
                        + (known.isEmpty() ? "none, the benchmarks module is not present" : known));
    }

    private void list(List<Benchmark> benchmarks) {
        if (benchmarks.isEmpty()) {
            output.note("The benchmarks module is not on the class path.");
        }
        for (Benchmark benchmark : benchmarks) {
            output.result(
                    new Listing(benchmark.name(), benchmark.description()),
                    "%-12s %s".formatted(benchmark.name(), benchmark.description()));
        }
    }
}
