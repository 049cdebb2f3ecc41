package io.oxbow.bench.pipeline;

import io.oxbow.kafka.BrokerException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** The topics that whole jobs are measured between. */
public final class PipelineTopics {
    private PipelineTopics() {}

    /** How jobs and producers of a measurement reach {@code servers}. */
    public static Configuration options(String servers, int partitions) {
        Configuration options = new Configuration();
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, servers);
        options.set(KafkaOptions.TOPIC_PREFIX, "bench.");
        options.set(KafkaOptions.PARTITIONS, partitions);
        options.set(KafkaOptions.INPUTS, List.of("features"));
        options.set(KafkaOptions.STARTING_OFFSETS, KafkaOptions.StartingOffsets.EARLIEST);
        return options;
    }

    /** Creates the topics and writes {@code events} feature events, the streams in turn. */
    static void fill(Configuration options, long events, int streams) throws BrokerException {
        OxbowTopics.createMissing(options);
        SampleFeatures features = new SampleFeatures();
        try (EventProducer producer = new EventProducer(options)) {
            for (long i = 0; i < events; i++) {
                producer.send(
                        EventMappings.OBSERVATION,
                        features.event(
                                (int) (i % streams), i / streams, System.currentTimeMillis()));
            }
            producer.flush();
        }
    }
}
