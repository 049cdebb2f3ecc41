package io.oxbow.bench.pipeline;

import io.oxbow.bench.BenchmarkOptions;
import picocli.CommandLine.Option;

/** What measurements of whole jobs are told alike; a picocli mixin. */
public final class JobChoice {
    @Option(names = "--model")
    private BenchmarkModel model = BenchmarkModel.S4D;

    @Option(names = "--compute", description = "Compute backend of the models.")
    private String compute = "auto";

    @Option(names = "--streams")
    private int streams = 1000;

    @Option(names = "--parallelism")
    private int parallelism = Math.min(2, Runtime.getRuntime().availableProcessors());

    /** Refuses numbers that make no sense. */
    public void check() {
        BenchmarkOptions.requirePositive("--streams", streams);
        BenchmarkOptions.requirePositive("--parallelism", parallelism);
    }

    public int streams() {
        return streams;
    }

    public int parallelism() {
        return parallelism;
    }

    /**
     * @param events 0 where the case goes on until it is ended
     * @param servers where Kafka is; empty when events are made in the job
     */
    public PipelineCase of(
            PipelineCase.Job job, PipelineCase.StateBackend backend, long events, String servers) {
        return new PipelineCase(
                job, backend, model, compute, events, streams, parallelism, servers);
    }
}
