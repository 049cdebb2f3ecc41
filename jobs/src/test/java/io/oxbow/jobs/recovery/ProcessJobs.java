package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cluster.ClusterSettings;
import io.oxbow.jobs.cluster.ProcessCluster;
import io.oxbow.jobs.cluster.SubmittedJob;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Jobs on a cluster of processes with a broker of its own, each with topics of its own. */
final class ProcessJobs implements AutoCloseable {
    private final Path folder;
    private final EmbeddedBroker broker;
    private final ProcessCluster cluster;

    /**
     * @param settings of the cluster
     * @param folder for the jobs' configuration files
     */
    ProcessJobs(ClusterSettings settings, int taskManagers, Path folder) throws Exception {
        this.folder = folder;
        broker = EmbeddedBroker.start();
        try {
            cluster = ProcessCluster.start(settings, taskManagers);
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    ProcessCluster cluster() {
        return cluster;
    }

    /** The options of a job of that name over {@link RecordedStreams}, and its topics. */
    Configuration config(String name) throws IOException {
        Configuration config = new Configuration();
        config.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        config.set(KafkaOptions.TOPIC_PREFIX, name + ".");
        config.set(KafkaOptions.GROUP_ID, name);
        config.set(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name);
        config.set(OxbowOptions.MODEL_INPUT_DIM, RecordedStreams.CHANNELS);
        OxbowTopics.createMissing(config);
        return config;
    }

    SubmittedJob job(Configuration config) throws IOException {
        String text =
                config.toMap().entrySet().stream()
                        .map(option -> option.getKey() + ": \"" + option.getValue() + "\"\n")
                        .collect(Collectors.joining());
        Path file = folder.resolve(config.get(KafkaOptions.GROUP_ID) + ".yaml");
        return cluster.job(Files.writeString(file, text));
    }

    /** Runs a job over all that was recorded, and returns what it committed. */
    CommittedOutputs undisturbed(RecordedStreams recording, Configuration config, Duration patience)
            throws Exception {
        recording.produce(config);
        SubmittedJob job = job(config);
        job.run(2);
        awaitInferences(recording.observations(), config, patience);
        job.stop();
        return CommittedOutputs.read(config, CommittedOutputs.none(), 0);
    }

    /**
     * Runs a job over the same, kills one of its two TaskManagers on the way, and starts another.
     *
     * @return what it committed, read until there is as much as {@code expected}
     */
    CommittedOutputs struck(
            RecordedStreams recording,
            Configuration config,
            Duration patience,
            CommittedOutputs expected)
            throws Exception {
        recording.producePart(config, 0, 0.4);
        SubmittedJob job = job(config);
        job.run(2);
        recording.producePart(config, 0.4, 0.7);
        cluster.killTaskManager(0);
        recording.producePart(config, 0.7, 1);
        cluster.startTaskManager(0);
        awaitInferences(recording.observations(), config, patience);
        assertThat(job.restores()).isPositive();
        job.stop();
        return CommittedOutputs.read(config, expected, 0);
    }

    private static void awaitInferences(int count, Configuration config, Duration patience)
            throws Exception {
        long giveUp = System.nanoTime() + patience.toNanos();
        int seen = 0;
        try (var reader = EventReader.fromStart(EventMappings.same(EventTypes.INFERENCE), config)) {
            while (seen < count) {
                seen += reader.poll(Duration.ofMillis(500)).size();
                if (System.nanoTime() > giveUp) {
                    throw new TimeoutException(seen + " of " + count + " inferences");
                }
            }
        }
    }

    @Override
    public void close() {
        cluster.close();
        broker.close();
    }
}
