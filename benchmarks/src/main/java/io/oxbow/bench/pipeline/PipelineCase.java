package io.oxbow.bench.pipeline;

import java.util.List;
import java.util.Locale;

/**
 * One whole-process run. Travels to its JVM as program arguments.
 *
 * @param compute name of the compute backend
 * @param streams how many keys the events are spread over
 * @param servers where Kafka is; empty when events are made in the job
 */
public record PipelineCase(
        Job job,
        StateBackend backend,
        BenchmarkModel model,
        String compute,
        long events,
        int streams,
        int parallelism,
        String servers) {

    /** What happens to an event. */
    public enum Job {
        /** Nothing: what Flink, and Kafka if it takes part, cost. */
        IDENTITY,
        /** A keyed process function with the state in {@code ValueState<float[]>}. */
        NAIVE,
        OXBOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where keyed state lives. */
    public enum StateBackend {
        HASHMAP,
        ROCKSDB;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where events come from and go to. */
    public enum Source {
        /** Made and thrown away in the job. */
        GENERATOR,
        /** From a topic to another, exactly once. */
        KAFKA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which of the two the case has. */
    Source source() {
        return servers.isEmpty() ? Source.GENERATOR : Source.KAFKA;
    }

    /** For {@link #of}. */
    public List<String> arguments() {
        return List.of(
                job.name(),
                backend.name(),
                model.name(),
                compute,
                Long.toString(events),
                Integer.toString(streams),
                Integer.toString(parallelism),
                servers);
    }

    /** Reads {@link #arguments}. */
    public static PipelineCase of(String... arguments) {
        return new PipelineCase(
                Job.valueOf(arguments[0]),
                StateBackend.valueOf(arguments[1]),
                BenchmarkModel.valueOf(arguments[2]),
                arguments[3],
                Long.parseLong(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                arguments[7]);
    }
}
