package io.oxbow.bench.latency;

import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineJob;
import io.oxbow.bench.pipeline.PipelineTopics;
import io.oxbow.jobs.local.ScratchDirectory;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowSinks;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one case's job from Kafka to Kafka, at least once, until the process is ended. */
public final class LatencyJob {
    private LatencyJob() {}

    public static void main(String[] arguments) throws Exception {
        PipelineCase run = PipelineCase.of(arguments);
        try (ScratchDirectory scratch = ScratchDirectory.create("bench")) {
            Configuration kafka = PipelineTopics.options(run.servers(), run.parallelism());
            kafka.set(KafkaOptions.GROUP_ID, "latency-" + run.job());
            kafka.set(KafkaOptions.STARTING_OFFSETS, KafkaOptions.StartingOffsets.LATEST);
            kafka.set(KafkaOptions.DELIVERY, DeliveryGuarantee.AT_LEAST_ONCE);
            StreamExecutionEnvironment environment =
                    PipelineJob.environment(run.backend(), run.parallelism(), scratch.path());
            PipelineJob.inferences(
                            PipelineJob.read(environment, kafka, Boundedness.CONTINUOUS_UNBOUNDED),
                            run,
                            kafka)
                    .sinkTo(OxbowSinks.sink(EventMappings.INFERENCE, kafka));
            environment.execute("latency of " + run.job());
        }
    }
}
