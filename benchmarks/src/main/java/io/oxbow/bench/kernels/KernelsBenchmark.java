package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.compute.Availability;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Throughput of each plan on each backend, by JMH, a JVM of its own for each case. */
public final class KernelsBenchmark implements Benchmark {

    /** What to measure. */
    @Command(name = "kernels")
    private static final class Choice {
        @Option(names = "--backend", description = "Repeat for several; all available if not said.")
        private List<String> backends = new ArrayList<>();

        @Option(names = "--kernel", description = "Repeat for several; all if not said.")
        private List<String> kernels = new ArrayList<>();

        @Option(names = "--streams")
        private int streams = 64;

        @Option(names = "--tokens", description = "Tokens of each stream in a batch.")
        private int tokens = 1;

        @Option(names = "--threads")
        private int threads = 1;

        @Option(names = "--warmup", description = "Seconds for the JIT compiler before that.")
        private double warmup = 1;

        @Option(names = "--seconds", description = "How long a case is measured.")
        private double seconds = 1.5;
    }

    /**
     * One case, as printed.
     *
     * @param kernel name in {@link BenchmarkPlans}
     * @param elementsPerToken floats of state, or weights where there is no state
     * @param bytesAllocatedPerBatch by the Java heap
     */
    record Measured(
            String kernel,
            String backend,
            int streams,
            int tokensPerStream,
            int threads,
            long elementsPerToken,
            double gElementsPerSecond,
            double tokensPerSecond,
            double bytesAllocatedPerBatch) {
        String text() {
            return "%-10s %-8s %d streams x %d, %d threads: %12.0f tokens/s  %7.3f G elements/s  %.0f B allocated a batch"
                    .formatted(
                            kernel,
                            backend,
                            streams,
                            tokensPerStream,
                            threads,
                            tokensPerSecond,
                            gElementsPerSecond,
                            bytesAllocatedPerBatch);
        }
    }

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public String description() {
        return "Throughput of each kernel on each backend."
                + " [--backend B] [--kernel K] [--streams N] [--tokens N] [--threads N] [--warmup S] [--seconds S]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws RunnerException {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--streams", choice.streams);
        BenchmarkOptions.requirePositive("--tokens", choice.tokens);
        BenchmarkOptions.requirePositive("--threads", choice.threads);
        BenchmarkOptions.requirePositive("--warmup", choice.warmup);
        BenchmarkOptions.requirePositive("--seconds", choice.seconds);
        List<ComputeBackend> backends = backends(choice.backends, output);
        for (String kernel : kernels(choice.kernels)) {
            StepPlan plan = BenchmarkPlans.all().get(kernel).get();
            for (ComputeBackend backend : backends) {
                if (runs(backend, plan, kernel, output)) {
                    Measured result = measure(kernel, plan, backend.name(), choice);
                    output.result(result, result.text());
                }
            }
        }
    }

    private static List<String> kernels(List<String> asked) {
        List<String> known = List.copyOf(BenchmarkPlans.all().keySet());
        for (String kernel : asked) {
            if (!known.contains(kernel)) {
                throw new UserMistake(
                        "there is no kernel '"
                                + kernel
                                + "', known are "
                                + String.join(", ", known));
            }
        }
        return asked.isEmpty() ? known : asked;
    }

    private static List<ComputeBackend> backends(List<String> asked, OutputOptions output) {
        BackendSelector selector = BackendSelector.load(KernelsBenchmark.class.getClassLoader());
        List<ComputeBackend> chosen = new ArrayList<>();
        try {
            for (String name : asked) {
                chosen.add(selector.select(name).backend());
            }
        } catch (KernelException e) {
            throw new UserMistake(e.getMessage(), e);
        }
        if (asked.isEmpty()) {
            for (ComputeBackend backend : selector.backends()) {
                if (backend.availability() instanceof Availability.Unavailable no) {
                    output.note(backend.name() + " is left out: " + no.reason());
                } else {
                    chosen.add(backend);
                }
            }
        }
        return chosen;
    }

    private static boolean runs(
            ComputeBackend backend, StepPlan plan, String kernel, OutputOptions output) {
        try {
            backend.prepare(plan, 1, 1).close();
            return true;
        } catch (KernelException e) {
            output.note(kernel + " is left out: " + e.getMessage());
            return false;
        }
    }

    private static Measured measure(String kernel, StepPlan plan, String backend, Choice choice)
            throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include(
                                "^" + StepKernelRun.class.getName().replace(".", "\\.") + "\\.run$")
                        .param("plan", kernel)
                        .param("backend", backend)
                        .param("streams", Integer.toString(choice.streams))
                        .param("tokens", Integer.toString(choice.tokens))
                        .threads(choice.threads)
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(seconds(choice.warmup))
                        .measurementIterations(1)
                        .measurementTime(seconds(choice.seconds))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        // What the forked JVM says, warnings included, must not mix with the results on stdout.
        OutputFormat quiet =
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        RunResult run = new Runner(options, quiet).runSingle();
        double tokens = run.getPrimaryResult().getScore() * choice.streams * choice.tokens;
        long elements = BenchmarkPlans.elementsPerToken(plan);
        return new Measured(
                kernel,
                backend,
                choice.streams,
                choice.tokens,
                choice.threads,
                elements,
                tokens * elements * 1e-9,
                tokens,
                allocated(run));
    }

    private static TimeValue seconds(double seconds) {
        return TimeValue.milliseconds(Math.max(1, Math.round(1000 * seconds)));
    }

    private static double allocated(RunResult run) {
        Result<?> norm = run.getSecondaryResults().get("gc.alloc.rate.norm");
        return norm == null ? Double.NaN : norm.getScore();
    }
}
