package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as it is run for real: JobManager, two TaskManagers and broker are processes, and Flink's
 * own client submits the jar that a user would.
 */
class ProcessClusterIT {
    private static final long SEED = Long.getLong("oxbow.test.seed", 20_263);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir private static Path work;
    private static EmbeddedBroker broker;
    private static ProcessCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
        // One slot each: a job of two needs both TaskManagers.
        cluster = ProcessCluster.start(ClusterSettings.in(work.resolve("cluster")).withSlots(1), 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aKilledTaskManagerLeavesNoTrace() throws Exception {
        RecordedStreams recording = RecordedStreams.record(SEED, 8, 1_200);

        Configuration calm = config("calm");
        recording.produce(calm);
        SubmittedJob undisturbed = job(calm);
        undisturbed.run(2);
        awaitInferences(recording.observations(), calm);
        undisturbed.stop();
        CommittedOutputs expected = CommittedOutputs.read(calm, CommittedOutputs.none(), 0);
        assertThat(expected.inferences()).hasSize(8);
        assertThat(expected.summaries()).hasSize(8);

        Configuration struck = config("struck");
        recording.producePart(struck, 0, 0.4);
        SubmittedJob job = job(struck);
        job.run(2);
        recording.producePart(struck, 0.4, 0.7);
        cluster.killTaskManager(0);
        recording.producePart(struck, 0.7, 1);
        cluster.startTaskManager(0);
        awaitInferences(recording.observations(), struck);
        assertThat(job.restores()).isPositive();
        job.stop();
        CommittedOutputs.read(struck, expected, 0).assertSameResultsAs(expected);
    }

    /** What is wrong with an option is said by the client, before anything is submitted. */
    @Test
    void aMistakeIsToldByTheClient() throws Exception {
        Configuration config = config("mistaken");
        config.setString("oxbow.batch.max-token", "3");
        SubmittedJob job = job(config);
        assertThatThrownBy(() -> job.run(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("oxbow.batch.max-token");
    }

    private static Configuration config(String name) throws IOException {
        Configuration config = new Configuration();
        config.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        config.set(KafkaOptions.TOPIC_PREFIX, name + ".");
        config.set(KafkaOptions.GROUP_ID, name);
        config.set(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name);
        config.set(OxbowOptions.MODEL_INPUT_DIM, RecordedStreams.CHANNELS);
        config.setString("oxbow.summary.window", "10 min;1 h");
        OxbowTopics.createMissing(config);
        return config;
    }

    private static SubmittedJob job(Configuration config) throws IOException {
        String text =
                config.toMap().entrySet().stream()
                        .map(option -> option.getKey() + ": \"" + option.getValue() + "\"\n")
                        .collect(Collectors.joining());
        return cluster.job(
                Files.writeString(work.resolve(config.get(KafkaOptions.GROUP_ID) + ".yaml"), text));
    }

    private static void awaitInferences(int count, Configuration config) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        try (var reader = EventReader.fromStart(EventMappings.same(EventTypes.INFERENCE), config)) {
            while (seen < count) {
                List<?> some = reader.poll(Duration.ofMillis(500));
                seen += some.size();
                if (System.nanoTime() > giveUp) {
                    throw new TimeoutException(seen + " of " + count + " inferences");
                }
            }
        }
    }
}
