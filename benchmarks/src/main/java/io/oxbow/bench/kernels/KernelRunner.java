package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.bench.kernels.KernelCases.Case;
import io.oxbow.bench.kernels.Measurement.Rate;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.WeightFormat;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** Measures cases and their bounds, each bound once, and prints a row each. */
final class KernelRunner {
    private static final String OPENBLAS = "openblas";

    /** Whole models hold their weights more than once, and their streams' states. */
    private static final String WHOLE_MODEL_HEAP = "-Xmx6g";

    /** What the second-level cache of a core holds. */
    private static final int SMALL_BYTES = 512 << 10;

    private final Measurement measurement;
    private final int tokens;
    private final WeightFormat weights;
    private final OutputOptions output;
    private final Map<Integer, Double> copied = new HashMap<>();
    private final Map<Integer, Double> peers = new HashMap<>();

    /**
     * @param tokens of each stream in a batch
     */
    KernelRunner(Measurement measurement, int tokens, WeightFormat weights, OutputOptions output) {
        this.measurement = measurement;
        this.tokens = tokens;
        this.weights = weights;
        this.output = output;
    }

    /** Prints the rates of copying, in cache and out of it. */
    void measureMemcpy() throws RunnerException {
        copyRate(SMALL_BYTES);
        copyRate(KernelCases.LARGE_BYTES);
    }

    /** Prints the case on that backend, after the bounds that it is compared with. */
    void measure(Case size, StepPlan plan, ComputeBackend backend) throws RunnerException {
        if (!runs(backend, plan, size.kernel())) {
            return;
        }
        output.note("measuring %s on %s".formatted(size, backend.name()));
        long elements = BenchmarkPlans.elementsPerToken(plan);
        boolean stateful = plan.layout().floats() > 0;
        long stateBytes = (long) Float.BYTES * plan.layout().floats() * size.resident();
        Double copy =
                stateful && stateBytes > KernelCases.LARGE_BYTES / 2
                        ? copyRate(KernelCases.LARGE_BYTES)
                        : null;
        ChainedOptionsBuilder options =
                measurement
                        .options(StepKernelRun.class)
                        .param("plan", size.kernel())
                        .param("backend", backend.name())
                        .param("streams", Integer.toString(size.streams()))
                        .param("resident", Integer.toString(size.resident()))
                        .param("weights", weights.name())
                        .param("tokens", Integer.toString(tokens));
        if (KernelCases.isWhole(size.kernel())) {
            options.jvmArgsAppend(WHOLE_MODEL_HEAP);
        }
        Rate rate = Measurement.run(options);
        double rows = rate.perSecond() * size.streams() * tokens;
        boolean linear = size.kernel().equals(KernelCases.LINEAR);
        Double peer = linear ? openBlasRate(size.streams() * tokens, plan) : null;
        double flops = plan.ops().stream().mapToDouble(StepOp::flops).sum();
        print(
                size,
                backend.name(),
                elements,
                rows,
                flops,
                copy == null ? null : rows * elements / copy,
                peer == null ? null : rows / peer,
                weights == WeightFormat.F32 ? null : WeightsError.of(plan, weights, backend),
                rate.allocated());
    }

    private void print(
            Case size,
            String backend,
            long elements,
            double rows,
            double flops,
            Double ofMemcpy,
            Double ofOpenBlas,
            Double weightsError,
            Double allocated) {
        Measured measured =
                new Measured(
                        size.kernel(),
                        backend,
                        size.streams(),
                        size.resident(),
                        tokens,
                        measurement.threads(),
                        weights,
                        elements,
                        rows * elements * 1e-9,
                        rows,
                        rows * flops * 1e-9,
                        ofMemcpy,
                        ofOpenBlas,
                        weightsError,
                        allocated);
        output.result(measured, measured.text());
    }

    /** Floats a second. */
    private double copyRate(int bytes) throws RunnerException {
        Double known = copied.get(bytes);
        if (known != null) {
            return known;
        }
        output.note("measuring the copying of memory in " + (bytes >> 10) + " KiB");
        int floats = bytes / 2 / Float.BYTES;
        ChainedOptionsBuilder options =
                measurement.options(CopyRun.class).param("bytes", Integer.toString(bytes));
        Rate rate = Measurement.run(options);
        copied.put(bytes, rate.perSecond() * floats);
        Case size = new Case(KernelCases.MEMCPY, 1, 1);
        print(size, "jvm", floats, rate.perSecond(), 0, null, null, null, rate.allocated());
        return copied.get(bytes);
    }

    /** Rows a second, or null where OpenBLAS does not run. */
    private Double openBlasRate(int rows, StepPlan plan) {
        if (!peers.containsKey(rows)) {
            output.note("measuring OpenBLAS with " + rows + " rows");
            peers.put(rows, null);
            try {
                ChainedOptionsBuilder options =
                        measurement.options(OpenBlasRun.class).param("rows", String.valueOf(rows));
                double rate = Measurement.run(options).perSecond() * rows;
                peers.put(rows, rate);
                Case size = new Case(KernelCases.LINEAR, rows / tokens, rows / tokens);
                long count = BenchmarkPlans.elementsPerToken(plan);
                print(size, OPENBLAS, count, rate, 2.0 * count, null, null, null, null);
            } catch (RunnerException e) {
                output.note("OpenBLAS is left out: " + e.getMessage());
            }
        }
        return peers.get(rows);
    }

    private boolean runs(ComputeBackend backend, StepPlan plan, String kernel) {
        try {
            backend.prepare(plan, 1, 1).close();
            return true;
        } catch (KernelException e) {
            output.note(kernel + " is left out: " + e.getMessage());
            return false;
        }
    }
}
