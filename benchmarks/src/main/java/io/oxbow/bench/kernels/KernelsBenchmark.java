package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.bench.kernels.KernelCases.Case;
import io.oxbow.compute.Availability;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.WeightFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Throughput of each plan on each backend, by JMH, a JVM of its own for each case. Beside them the
 * copying of memory, which bounds steps whose state no cache holds, and OpenBLAS, the peer of the
 * projections. On a device of a backend's own see {@link DeviceRunner}.
 */
public final class KernelsBenchmark implements Benchmark {

    /** What to measure. */
    @Command(name = "kernels")
    private static final class Choice {
        @Option(names = "--backend", description = "Repeat for several; all available if not said.")
        private List<String> backends = new ArrayList<>();

        @Option(names = "--kernel", description = "Repeat for several; all if not said.")
        private List<String> kernels = new ArrayList<>();

        @Option(names = "--streams", description = "In a batch; by kernel if not said.")
        private Integer streams;

        @Option(names = "--resident", description = "Streams that take turns, batch after batch.")
        private Integer resident;

        @Option(names = "--tokens", description = "Tokens of each stream in a batch.")
        private int tokens = 1;

        @Option(names = "--threads", description = "Each with a kernel of its own.")
        private int threads = 1;

        @Option(
                names = "--weights",
                description = "Of projections: f32, bf16, f16, int8; with the error made.")
        private WeightFormat weights = WeightFormat.F32;

        @Option(names = "--warmup", description = "Seconds before that, after the JIT is done.")
        private double warmup = 0.5;

        @Option(names = "--seconds", description = "How long a case is measured.")
        private double seconds = 1.5;

        void check() {
            BenchmarkOptions.requirePositive("--tokens", tokens);
            BenchmarkOptions.requirePositive("--threads", threads);
            BenchmarkOptions.requirePositive("--warmup", warmup);
            BenchmarkOptions.requirePositive("--seconds", seconds);
            if (streams != null) {
                BenchmarkOptions.requirePositive("--streams", streams);
            }
            if (resident != null) {
                if (streams == null) {
                    throw new UserMistake("--resident needs --streams");
                }
                if (resident < streams) {
                    throw new UserMistake("--resident must be at least --streams, not " + resident);
                }
            }
        }

        List<Case> cases(String kernel, StepPlan plan) {
            return streams == null ? KernelCases.cases(kernel, plan) : chosen(kernel);
        }

        private List<Case> chosen(String kernel) {
            return List.of(new Case(kernel, streams, resident == null ? streams : resident));
        }

        void measureOnDevice(DeviceRunner device, String kernel, StepPlan plan) {
            if (tokens != 1 || threads != 1) {
                throw new UserMistake(
                        "--tokens and --threads are for backends of the CPU: a batch on a device"
                                + " has one token of each stream, from one thread");
            }
            StepPlan weighed = plan.withWeights(weights);
            if (streams == null) {
                KernelCases.deviceCases(kernel, plan).forEach(c -> device.measure(c, weighed));
                device.crossover(kernel, weighed);
            } else {
                chosen(kernel).forEach(c -> device.measure(c, weighed));
            }
        }

        /** The scalar reference runs whole models only where it was asked for. */
        boolean wants(String kernel, ComputeBackend backend) {
            return !backends.isEmpty()
                    || !KernelCases.isWhole(kernel)
                    || !backend.name().equals("scalar");
        }
    }

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public String description() {
        return "Throughput of each kernel on each backend. [--backend B] [--kernel K] [--streams N]"
                + " [--resident N] [--tokens N] [--threads N]"
                + " [--weights FORMAT] [--warmup S] [--seconds S]";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws RunnerException {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        choice.check();
        Map<String, Supplier<StepPlan>> plans = KernelCases.plans();
        List<String> kernels = kernels(choice.kernels, plans);
        List<ComputeBackend> backends = backends(choice.backends, output);
        Measurement measurement = new Measurement(choice.threads, choice.warmup, choice.seconds);
        KernelRunner runner = new KernelRunner(measurement, choice.tokens, choice.weights, output);
        List<DeviceRunner> devices = new ArrayList<>();
        for (ComputeBackend backend : List.copyOf(backends)) {
            backend.meter()
                    .map(meter -> new DeviceRunner(backend, meter, choice.seconds, output))
                    .ifPresent(
                            device -> {
                                devices.add(device);
                                backends.remove(backend);
                            });
        }
        for (String kernel : kernels) {
            if (kernel.equals(KernelCases.MEMCPY)) {
                runner.measureMemcpy();
                continue;
            }
            StepPlan plan = plans.get(kernel).get();
            devices.forEach(device -> choice.measureOnDevice(device, kernel, plan));
            for (Case size : choice.cases(kernel, plan)) {
                for (ComputeBackend backend : backends) {
                    if (choice.wants(kernel, backend)) {
                        runner.measure(size, plan, backend);
                    }
                }
            }
        }
    }

    private static List<String> kernels(List<String> asked, Map<String, Supplier<StepPlan>> plans) {
        List<String> known = new ArrayList<>(List.of(KernelCases.MEMCPY));
        known.addAll(plans.keySet());
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
}
