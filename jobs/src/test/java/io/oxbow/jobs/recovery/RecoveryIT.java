package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise that matters most, on a real broker: whatever happens to the job, its committed
 * outputs equal those of a run that nothing happened to, record for record.
 *
 * <p>{@code -Doxbow.test.seed=N} chooses another recording and other moments of failure.
 */
class RecoveryIT {
    private static final long SEED = Long.getLong("oxbow.test.seed", 20_261);
    private static final int STREAMS = 12;
    private static final int EVENTS_PER_STREAM = 2_500;
    private static final int DAMAGED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir static Path work;
    private static EmbeddedBroker broker;
    private static FailureCluster cluster;
    private static RecordedStreams recording;
    private static CommittedOutputs undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        System.out.println("recovery: seed " + SEED + ", choose with -Doxbow.test.seed=N");
        broker = EmbeddedBroker.start();
        cluster = FailureCluster.start(work);
        recording = RecordedStreams.record(SEED, STREAMS, EVENTS_PER_STREAM);
        FailingBackend.failAt();
        Configuration config = config("undisturbed");
        recording.produce(config);
        JobID job = cluster.submit(job(config, 2), null);
        finish(job, config);
        undisturbed = CommittedOutputs.read(config, CommittedOutputs.none(), 0);
        assertThat(undisturbed.inferences().values().stream().mapToInt(List::size).sum())
                .isEqualTo(recording.observations());
        assertThat(undisturbed.inferences()).hasSize(STREAMS);
        assertThat(undisturbed.summaries()).hasSize(STREAMS);
        assertThat(undisturbed.anomalies()).isNotEmpty();
        assertThat(undisturbed.deadLetters().size()).as("dead letters").isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void taskFailuresLeaveNoTrace(String stateBackend) throws Exception {
        Configuration config = config("failures-" + stateBackend);
        config.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        // A quarter of the states fit: the rest go back and forth all the time.
        config.setString(OxbowOptions.STATE_RESIDENT_MEMORY.key(), "64 kb");
        recording.produce(config);
        SplittableRandom random = new SplittableRandom(SEED ^ stateBackend.hashCode());
        FailingBackend.failAt(random.longs(3, 20, 600).sorted().toArray());
        JobID job = cluster.submit(job(config, 2), null);
        finish(job, config);
        assertThat(FailingBackend.failuresLeft()).isZero();
        assertEqualOutputs(CommittedOutputs.read(config, undisturbed, 0));
    }

    @Test
    void aLostTaskManagerLeavesNoTrace() throws Exception {
        Configuration config = config("task-manager");
        recording.produce(config);
        FailingBackend.failAt();
        SplittableRandom random = new SplittableRandom(SEED + 1);
        JobID job = cluster.submit(job(config, 2), null);
        for (int i = 0; i < 2; i++) {
            awaitCheckpoints(job, cluster.checkpoints(job) + 1 + random.nextInt(3));
            cluster.replaceTaskManager(i);
        }
        finish(job, config);
        assertThat(cluster.restores(job)).isPositive();
        assertEqualOutputs(CommittedOutputs.read(config, undisturbed, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSavepointResumesAtAnotherParallelism(int parallelism) throws Exception {
        Configuration config = config("rescaled-to-" + parallelism);
        recording.produce(config);
        FailingBackend.failAt();
        SplittableRandom random = new SplittableRandom(SEED + parallelism);
        JobID first = cluster.submit(job(config, 2), null);
        awaitCheckpoints(first, 2 + random.nextInt(3));
        String savepoint = cluster.stopWithSavepoint(first, work.resolve("savepoints"));
        JobID second = cluster.submit(job(config, parallelism), savepoint);
        finish(second, config);
        assertThat(cluster.restores(second)).isPositive();
        assertEqualOutputs(CommittedOutputs.read(config, undisturbed, 0));
    }

    @Test
    void damagedRecordsAllBecomeDeadLettersAndNothingElseIsLost() throws Exception {
        Configuration config = config("damaged");
        DamagedRecords damaged = DamagedRecords.make(SEED, DAMAGED, RecordedStreams.CHANNELS);
        damaged.produceAmong(recording, config);
        FailingBackend.failAt(new SplittableRandom(SEED + 2).longs(1, 50, 400).toArray());
        JobID job = cluster.submit(job(config, 2), null);
        await(EventTypes.DEAD_LETTER, DAMAGED, job, config);
        finish(job, config);
        CommittedOutputs outputs = CommittedOutputs.read(config, undisturbed, DAMAGED);
        assertThat(outputs.deadLetters().size()).as("dead letters").isEqualTo(DAMAGED);
        damaged.assertAllIn(outputs.deadLetters());
        outputs.assertSameResultsAs(undisturbed);
    }

    private static void assertEqualOutputs(CommittedOutputs outputs) {
        outputs.assertSameResultsAs(undisturbed);
        assertThat(outputs.deadLetters().size()).as("dead letters").isZero();
    }

    private static Configuration config(String name) throws Exception {
        Configuration config = new Configuration();
        config.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        config.set(KafkaOptions.TOPIC_PREFIX, name + ".");
        config.set(KafkaOptions.GROUP_ID, name);
        config.set(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name);
        config.set(OxbowOptions.COMPUTE_BACKEND, "failing");
        config.set(OxbowOptions.MODEL_INPUT_DIM, RecordedStreams.CHANNELS);
        config.set(OxbowOptions.BATCH_MAX_TOKENS, 64);
        config.setString("oxbow.summary.window", "10 min;1 h");
        config.set(CoreOptions.TMP_DIRS, work.toString());
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(250));
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                work.resolve("checkpoints").toUri().toString());
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        OxbowTopics.createMissing(config);
        return config;
    }

    private static StreamExecutionEnvironment job(Configuration config, int parallelism)
            throws Exception {
        Configuration all = new Configuration(config);
        all.addAll(JobConfiguration.defaultsBeside(config));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(all);
        environment.setParallelism(parallelism);
        OxbowJob.build(environment, config);
        return environment;
    }

    private static void awaitCheckpoints(JobID job, long count) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (cluster.checkpoints(job) < count) {
            assertThat(cluster.status(job).isGloballyTerminalState()).as("job ended").isFalse();
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("no " + count + " checkpoints in " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    /** Waits until every observation's inference is committed, then ends the job in good order. */
    private static void finish(JobID job, Configuration config) throws Exception {
        await(EventTypes.INFERENCE, recording.observations(), job, config);
        cluster.stopWithSavepoint(job, work.resolve("savepoints"));
    }

    private static <R extends SpecificRecordBase> void await(
            EventType<R> type, int count, JobID job, Configuration config) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        try (EventReader<R> reader = EventReader.fromStart(EventMappings.same(type), config)) {
            while (seen < count) {
                seen += reader.poll(Duration.ofMillis(500)).size();
                assertThat(cluster.status(job).isGloballyTerminalState())
                        .as("job ended after %d %s", seen, type)
                        .isFalse();
                if (System.nanoTime() > giveUp) {
                    throw new TimeoutException(
                            seen + " of " + count + " " + type + " in " + PATIENCE);
                }
            }
        }
    }
}
