package io.oxbow.bench.scale;

import io.oxbow.bench.pipeline.BenchmarkModel;
import io.oxbow.bench.pipeline.Passing;
import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineCase.Job;
import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.bench.pipeline.PipelineJob;
import io.oxbow.bench.scale.StreamChoice.Access;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.jobs.local.ScratchDirectory;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs the operator alone, one subtask, without Kafka, on a cluster inside this process. Prints
 * events a second of the windows asked for.
 */
public final class ScaleRun {
    private ScaleRun() {}

    /** The windows are pairs of parts of all events. */
    static List<String> manyStreams(
            StateBackend backend,
            BenchmarkModel model,
            String compute,
            int streams,
            long events,
            Access access) {
        // The first events only make every stream known.
        double known = streams / (double) (streams + events);
        double from = known + 0.3 * (1 - known);
        return List.of(
                backend.name(),
                model.name(),
                compute,
                Long.toString(streams + events),
                Integer.toString(streams),
                access.name(),
                from + ":0.98");
    }

    static List<String> oneStream(
            StateBackend backend,
            BenchmarkModel model,
            String compute,
            long warmUp,
            long events,
            long window) {
        double all = warmUp + events;
        return List.of(
                backend.name(),
                model.name(),
                compute,
                Long.toString(warmUp + events),
                Long.toString(warmUp),
                "ONE",
                (warmUp + 1000) / all + ":" + (warmUp + 1000 + window) / all,
                (all - window) / all + ":1");
    }

    public static void main(String[] arguments) throws Exception {
        BenchmarkModel model = BenchmarkModel.valueOf(arguments[1]);
        long events = Long.parseLong(arguments[3]);
        MapFunction<Long, StreamEvent> features =
                arguments[5].equals("ONE")
                        ? new OneLongStream(Long.parseLong(arguments[4]))
                        : new ScaleFeatures(
                                Integer.parseInt(arguments[4]), Access.valueOf(arguments[5]));
        StateBackend backend = StateBackend.valueOf(arguments[0]);
        PipelineCase run =
                new PipelineCase(Job.OXBOW, backend, model, arguments[2], events, 0, 1, "");
        try (ScratchDirectory scratch = ScratchDirectory.create("bench")) {
            StreamExecutionEnvironment environment =
                    PipelineJob.environment(backend, 1, scratch.path());
            PipelineJob.inferences(
                            environment
                                    .fromSource(
                                            new NumberSequenceSource(1, events),
                                            WatermarkStrategy.noWatermarks(),
                                            "Numbers")
                                    .map(features)
                                    .returns(EventTypes.STREAM_EVENT),
                            run,
                            new Configuration())
                    .map(new Passing<Inference>())
                    .returns(EventTypes.INFERENCE)
                    .sinkTo(new DiscardingSink<>());
            environment.execute("bench scale");
        }
        for (int i = 6; i < arguments.length; i++) {
            String[] window = arguments[i].split(":");
            System.out.println(
                    Passing.rate(Double.parseDouble(window[0]), Double.parseDouble(window[1])));
        }
    }
}
