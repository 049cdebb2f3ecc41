package io.oxbow.bench.pipeline;

import io.oxbow.bench.BenchmarkOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What measurements of whole jobs are told alike; a picocli mixin. */
public final class JobChoice {
    @Mixin private ModelChoice model = new ModelChoice();

    @Option(names = "--streams")
    private int streams;

    @Option(names = "--parallelism")
    private int parallelism;

    /** A thousand streams, on two processors if there are two. */
    public JobChoice() {
        this(1000, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /** These are taken if nothing else is said. */
    public JobChoice(int streams, int parallelism) {
        this.streams = streams;
        this.parallelism = parallelism;
    }

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
                job,
                backend,
                model.model(),
                model.compute(),
                events,
                streams,
                parallelism,
                servers);
    }
}
