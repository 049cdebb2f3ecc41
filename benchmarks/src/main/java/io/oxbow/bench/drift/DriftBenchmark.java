package io.oxbow.bench.drift;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.model.SsmModel;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How far states and outputs of a long stream wander off in 32 bits: every architecture beside
 * itself in 64, over a million steps.
 */
public final class DriftBenchmark implements Benchmark {
    /** What is asked of every architecture, as a share of the largest reference value. */
    static final double LIMIT = 1e-5;

    @Command(name = "drift")
    private static final class Choice {
        @Option(names = "--steps", paramLabel = "N")
        private int steps = 1_000_000;

        @Option(names = "--backend", paramLabel = "NAME")
        private String backend = "scalar";

        @Option(names = "--model", paramLabel = "NAME")
        private String model;
    }

    /**
     * One line of results.
     *
     * @param stateError largest difference of a state from the 64-bit one, at any of the looks, as
     *     a share of the largest value of its segment so far (of an angle, of all that it has
     *     turned); states of Mamba-3 as its next token sees them
     * @param worstSegment where in the state that was
     * @param angleError largest difference of an angle, radians, which outputs do not see; 0 where
     *     there are none
     * @param outputError the same of an output
     */
    record Drift(
            String model,
            String backend,
            int steps,
            double stateError,
            String worstSegment,
            double angleError,
            double outputError,
            double limit,
            boolean ok) {
        String text() {
            String angles = angleError == 0 ? "" : "  angle %.1e rad".formatted(angleError);
            return "%-12s %-8s %,d steps  state %.1e (%s)  output %.1e  %s%s"
                    .formatted(
                            model,
                            backend,
                            steps,
                            stateError,
                            worstSegment,
                            outputError,
                            ok ? "within %.0e".formatted(limit) : "BEYOND %.0e".formatted(limit),
                            angles);
        }
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public String description() {
        return "32-bit states against 64-bit ones: [--steps N] [--backend NAME] [--model NAME].";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--steps", choice.steps);
        Map<String, Supplier<SsmModel>> models = DriftModels.all();
        if (choice.model != null && !models.containsKey(choice.model)) {
            throw new UserMistake(
                    "there is no model '"
                            + choice.model
                            + "' to measure; known: "
                            + String.join(", ", models.keySet()));
        }
        ComputeBackend backend;
        try {
            backend =
                    BackendSelector.load(getClass().getClassLoader())
                            .select(choice.backend)
                            .backend();
        } catch (KernelException e) {
            throw new UserMistake(e.getMessage(), e);
        }
        models.forEach(
                (name, model) -> {
                    if (choice.model == null || choice.model.equals(name)) {
                        Drift drift = measure(name, model.get(), backend, choice.steps);
                        output.result(drift, drift.text());
                    }
                });
    }

    static Drift measure(String name, SsmModel model, ComputeBackend backend, int steps) {
        try (DriftRun run = new DriftRun(model.plan(), backend)) {
            run.advance(steps);
            double state = run.stateError();
            double output = run.outputError();
            boolean ok = state <= LIMIT && output <= LIMIT;
            return new Drift(
                    name,
                    backend.name(),
                    steps,
                    state,
                    run.worstSegment(),
                    run.angleError(),
                    output,
                    LIMIT,
                    ok);
        }
    }
}
