package io.oxbow.bench.chaos;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.broker.BrokerSettings;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cluster.ClusterSettings;
import io.oxbow.jobs.cluster.ProcessCluster;
import io.oxbow.jobs.cluster.SubmittedJob;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/**
 * One job, fed steadily while the parts it runs on are killed, paused, rescaled, replaced and let
 * down by their disk; then the same events again in peace.
 *
 * <p>Partitions are never taken for idle here ({@code oxbow.kafka.idleness: 0}): every partition
 * has events all the time, and a process that hangs would only seem to have none.
 */
final class ChaosRun implements AutoCloseable {
    static final int TASK_MANAGERS = 2;
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final int PARTITIONS = 3;
    private static final int SLOTS = 3;

    private final long seed;
    private final Consumer<String> tell;
    private final BrokerSettings brokerSettings;
    private final ProcessCluster cluster;
    private EmbeddedBroker broker;
    private long restores;
    private long restoresSeen;

    private ChaosRun(
            long seed,
            Consumer<String> tell,
            BrokerSettings brokerSettings,
            EmbeddedBroker broker,
            ProcessCluster cluster) {
        this.seed = seed;
        this.tell = tell;
        this.brokerSettings = brokerSettings;
        this.broker = broker;
        this.cluster = cluster;
    }

    /**
     * Starts broker and cluster.
     *
     * @param root of all that they keep
     * @param tell hears what happens
     */
    static ChaosRun start(Path root, long seed, Consumer<String> tell) throws Exception {
        BrokerSettings settings = BrokerSettings.ephemeral().withFolder(root.resolve("broker"));
        EmbeddedBroker broker = EmbeddedBroker.start(settings);
        try {
            ProcessCluster cluster =
                    ProcessCluster.start(
                            ClusterSettings.in(root)
                                    .withSlots(SLOTS)
                                    .withHighAvailability()
                                    .withFlinkLibraries(List.of(ownClasses()))
                                    .withFlinkOptions(faultyDisk(root)),
                            TASK_MANAGERS);
            return new ChaosRun(seed, tell, settings.withPort(broker.port()), broker, cluster);
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    private static Map<String, String> faultyDisk(Path root) {
        return Map.of(
                "execution.checkpointing.dir",
                FaultyFileSystem.SCHEME + ":" + root.resolve("checkpoints"),
                FaultyFileSystemFactory.FAULTS.key(),
                faults(root).toString());
    }

    private static Path faults(Path root) {
        return root.resolve("faults");
    }

    private static Path ownClasses() throws URISyntaxException {
        return Path.of(ChaosRun.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /**
     * What came of it.
     *
     * @param events fed while the chaos lasted
     * @param records of the undisturbed run
     * @param restores of the state, those by hand and those that no poll saw left out
     * @param refusedWrites by a disk that was full
     */
    record Result(
            long events,
            long records,
            long restores,
            long refusedWrites,
            CommittedResults.Difference difference) {}

    Result run(ChaosPlan plan) throws Exception {
        Configuration disturbed = options("chaos");
        EventFeed feed = new EventFeed(disturbed, seed);
        feed.start();
        SubmittedJob job = job(disturbed);
        job.run(2);
        int number = 0;
        for (ChaosPlan.Step step : plan.steps()) {
            tell.accept("%d of %d: %s".formatted(++number, plan.steps().size(), step));
            strike(step, job, disturbed);
        }
        long events = feed.end();
        long inferences = events + SensorEvents.STREAMS;
        job.awaitCheckpoint();
        countRestores(job);
        CommittedResults.await(disturbed, inferences, CATCH_UP);
        job.stop();
        tell.accept(events + " events under chaos; now the same in peace");

        Configuration peaceful = options("peace");
        EventFeed.replay(peaceful, seed, events);
        SubmittedJob undisturbed = job(peaceful);
        undisturbed.run(2);
        CommittedResults.await(peaceful, inferences, CATCH_UP);
        undisturbed.stop();

        CommittedResults expected = CommittedResults.read(peaceful);
        return new Result(
                events,
                expected.count(),
                restores,
                FaultyFileSystem.refused(faults(cluster.folder())),
                CommittedResults.read(disturbed).differenceFrom(expected));
    }

    private void strike(ChaosPlan.Step step, SubmittedJob job, Configuration options)
            throws Exception {
        if (!(step instanceof ChaosPlan.Kill kill && kill.hasty())) {
            revive();
            job.awaitCheckpoint();
            countRestores(job);
        }
        if (step instanceof ChaosPlan.Kill kill) {
            kill(kill.target(), kill.index());
        } else if (step instanceof ChaosPlan.Pause pause) {
            pause(pause);
        } else if (step instanceof ChaosPlan.Rescale rescale) {
            resume(job, rescale.parallelism(), job.stop());
        } else if (step instanceof ChaosPlan.Upgrade upgrade) {
            upgrade(job, options, upgrade.parallelism());
        } else if (step instanceof ChaosPlan.FullDisk disk) {
            FaultyFileSystem.fill(faults(cluster.folder()), disk.length());
        } else if (step instanceof ChaosPlan.SlowDisk disk) {
            FaultyFileSystem.slow(faults(cluster.folder()), disk.length());
        }
        revive();
    }

    /** A JobManager counts anew, from its own first restore. */
    private void countRestores(SubmittedJob job) throws IOException, InterruptedException {
        long now = job.restores();
        restores += now < restoresSeen ? now : now - restoresSeen;
        restoresSeen = now;
    }

    /** Every process is another afterwards, and so is the size of every batch. */
    private void upgrade(SubmittedJob job, Configuration options, int parallelism)
            throws Exception {
        String savepoint = job.stop();
        for (int i = 0; i < TASK_MANAGERS; i++) {
            cluster.killTaskManager(i);
        }
        cluster.killJobManager();
        revive();
        cluster.awaitJobManager();
        options.set(
                OxbowOptions.BATCH_MAX_TOKENS,
                16 + options.get(OxbowOptions.BATCH_MAX_TOKENS) % 64);
        write(options);
        resume(job, parallelism, savepoint);
    }

    /** Reading the savepoint is the first restore of a new job; it is not counted. */
    private void resume(SubmittedJob job, int parallelism, String savepoint) throws Exception {
        job.resume(parallelism, savepoint);
        restoresSeen = job.restores();
    }

    private void kill(ChaosPlan.Target target, int index) throws Exception {
        switch (target) {
            case TASK_MANAGER -> cluster.killTaskManager(index);
            case JOB_MANAGER -> {
                cluster.killJobManager();
                restoresSeen = 0;
            }
            case BROKER -> {
                broker.kill();
                broker = EmbeddedBroker.start(brokerSettings);
            }
        }
    }

    private void pause(ChaosPlan.Pause pause) throws Exception {
        switch (pause.target()) {
            case TASK_MANAGER -> cluster.pauseTaskManager(pause.index(), pause.length());
            case JOB_MANAGER -> cluster.pauseJobManager(pause.length());
            case BROKER -> broker.pause(pause.length());
        }
    }

    /** Starts what has been killed, or has ended because it lost its master. */
    private void revive() throws IOException {
        if (!cluster.isJobManagerAlive()) {
            cluster.startJobManager();
        }
        for (int i = 0; i < TASK_MANAGERS; i++) {
            if (!cluster.isTaskManagerAlive(i)) {
                cluster.startTaskManager(i);
            }
        }
    }

    private Configuration options(String name) throws IOException {
        Configuration options = new Configuration();
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        options.set(KafkaOptions.TOPIC_PREFIX, name + ".");
        options.set(KafkaOptions.GROUP_ID, name);
        options.set(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name);
        options.set(KafkaOptions.PARTITIONS, PARTITIONS);
        options.set(KafkaOptions.IDLENESS, Duration.ZERO);
        options.set(OxbowOptions.MODEL_INPUT_DIM, SensorEvents.CHANNELS);
        // Half of the states fit: the rest go back and forth.
        options.setString(OxbowOptions.STATE_RESIDENT_MEMORY.key(), "64 kb");
        options.setString("oxbow.summary.window", "10 min;1 h");
        OxbowTopics.createMissing(options);
        return options;
    }

    private SubmittedJob job(Configuration options) throws IOException {
        return cluster.job(write(options));
    }

    private Path write(Configuration options) throws IOException {
        String text =
                options.toMap().entrySet().stream()
                        .map(option -> option.getKey() + ": \"" + option.getValue() + "\"\n")
                        .collect(Collectors.joining());
        return Files.writeString(
                cluster.folder().resolve(options.get(KafkaOptions.GROUP_ID) + ".yaml"), text);
    }

    @Override
    public void close() {
        cluster.close();
        if (broker != null) {
            broker.close();
        }
    }
}
