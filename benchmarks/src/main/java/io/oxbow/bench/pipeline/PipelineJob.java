package io.oxbow.bench.pipeline;

import io.oxbow.bench.pipeline.PipelineCase.StateBackend;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.kafka.EventExpectation;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowSinks;
import io.oxbow.kafka.OxbowSources;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Puts the measured jobs together. They differ in what happens between key and sink only. */
public final class PipelineJob {
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

    private PipelineJob() {}

    /** An environment as Oxbow's jobs have it, with the case's state backend. */
    public static StreamExecutionEnvironment environment(
            StateBackend backend, int parallelism, Path checkpoints) {
        Configuration options = new Configuration();
        options.set(StateBackendOptions.STATE_BACKEND, backend.toString());
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        options.addAll(JobConfiguration.defaultsBeside(options));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        environment.setParallelism(parallelism);
        return environment;
    }

    /** The whole job of a case. */
    static StreamExecutionEnvironment of(PipelineCase run, Path checkpoints) {
        StreamExecutionEnvironment environment =
                environment(run.backend(), run.parallelism(), checkpoints);
        if (run.servers().isEmpty()) {
            DataStream<StreamEvent> events =
                    environment
                            .fromSource(
                                    new NumberSequenceSource(1, run.events()),
                                    WatermarkStrategy.noWatermarks(),
                                    "Numbers")
                            .map(new GeneratedFeatures(run.streams()))
                            .returns(EventTypes.STREAM_EVENT);
            passing(inferences(events, run, new Configuration())).sinkTo(new DiscardingSink<>());
        } else {
            Configuration kafka = PipelineTopics.options(run.servers(), run.parallelism());
            String name = run.job() + "-" + run.backend();
            kafka.set(KafkaOptions.GROUP_ID, name);
            kafka.set(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name);
            passing(inferences(read(environment, kafka, Boundedness.BOUNDED), run, kafka))
                    .sinkTo(OxbowSinks.sink(EventMappings.INFERENCE, kafka));
        }
        return environment;
    }

    /** The feature events of the input topic. */
    public static DataStream<StreamEvent> read(
            StreamExecutionEnvironment environment, Configuration kafka, Boundedness boundedness) {
        return OxbowSources.read(
                        environment,
                        kafka,
                        EventExpectation.ofDim(BenchmarkModel.CHANNELS),
                        boundedness)
                .events();
    }

    private static SingleOutputStreamOperator<Inference> passing(DataStream<Inference> said) {
        return said.map(new Passing<Inference>()).returns(EventTypes.INFERENCE);
    }

    /** What the case's job says of the events. */
    public static DataStream<Inference> inferences(
            DataStream<StreamEvent> events, PipelineCase run, Configuration options) {
        return switch (run.job()) {
            case IDENTITY ->
                    events.keyBy(StreamEvent::streamId, Types.STRING)
                            .map(new IdentityInference(run.model()))
                            .returns(EventTypes.INFERENCE);
            case NAIVE ->
                    events.keyBy(StreamEvent::streamId, Types.STRING)
                            .process(
                                    new NaiveInference(run.model(), run.compute()),
                                    EventTypes.INFERENCE);
            case OXBOW ->
                    SsmInference.on(events)
                            .options(options)
                            .option(OxbowOptions.COMPUTE_BACKEND, run.compute())
                            .model(run.model())
                            .build()
                            .inferences();
        };
    }
}
