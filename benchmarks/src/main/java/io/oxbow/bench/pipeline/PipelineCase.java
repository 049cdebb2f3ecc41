package io.oxbow.bench.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One whole-process run. Travels to its JVM as program arguments.
 *
 * @param streams how many keys the events are spread over
 */
record PipelineCase(
        Job job, StateBackend backend, String compute, long events, int streams, int parallelism) {

    /** What happens to an event. */
    enum Job {
        /** Nothing: what Flink itself costs. */
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
    enum StateBackend {
        HASHMAP,
        ROCKSDB;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(job.name());
        arguments.add(backend.name());
        arguments.add(compute);
        arguments.add(Long.toString(events));
        arguments.add(Integer.toString(streams));
        arguments.add(Integer.toString(parallelism));
        return arguments;
    }

    static PipelineCase of(String... arguments) {
        return new PipelineCase(
                Job.valueOf(arguments[0]),
                StateBackend.valueOf(arguments[1]),
                arguments[2],
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
    }
}
