package io.oxbow.bench.pipeline;

import picocli.CommandLine.Option;

/** The model that a measurement runs, and what runs it; a picocli mixin. */
public final class ModelChoice {
    @Option(names = "--model")
    private BenchmarkModel model = BenchmarkModel.S4D;

    @Option(names = "--compute", description = "Compute backend of the models.")
    private String compute = "auto";

    public BenchmarkModel model() {
        return model;
    }

    public String compute() {
        return compute;
    }
}
