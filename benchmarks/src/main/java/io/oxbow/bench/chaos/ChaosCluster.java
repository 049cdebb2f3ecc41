package io.oxbow.bench.chaos;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.broker.BrokerSettings;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.cluster.ClusterNetwork;
import io.oxbow.jobs.cluster.ClusterSettings;
import io.oxbow.jobs.cluster.NamespaceNetwork;
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
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/**
 * Broker, JobManager with high availability and TaskManagers as processes that can be killed, held
 * and cut off, and a disk for their checkpoints that can be full or slow. Not thread-safe.
 *
 * <p>Partitions are never taken for idle here ({@code oxbow.kafka.idleness: 0}): every partition
 * has events all the time, and a process that hangs would only seem to have none.
 */
final class ChaosCluster implements AutoCloseable {
    static final int TASK_MANAGERS = 2;
    private static final int PARTITIONS = 3;
    private static final int SLOTS = 3;

    private final Path root;
    private final NamespaceNetwork network;
    private final BrokerSettings brokerSettings;
    private final ProcessCluster cluster;
    private EmbeddedBroker broker;

    private ChaosCluster(
            Path root,
            NamespaceNetwork network,
            BrokerSettings brokerSettings,
            EmbeddedBroker broker,
            ProcessCluster cluster) {
        this.root = root;
        this.network = network;
        this.brokerSettings = brokerSettings;
        this.broker = broker;
        this.cluster = cluster;
    }

    /**
     * Starts all processes.
     *
     * @param root of all that they keep
     * @param divisible whether networks will be cut; all is on the loopback interface if not
     */
    static ChaosCluster start(Path root, boolean divisible) throws Exception {
        NamespaceNetwork network = divisible ? NamespaceNetwork.create(TASK_MANAGERS) : null;
        try {
            return start(root, network);
        } catch (Exception e) {
            close(network);
            throw e;
        }
    }

    private static ChaosCluster start(Path root, NamespaceNetwork network) throws Exception {
        ClusterNetwork addresses = network == null ? ClusterNetwork.LOOPBACK : network;
        BrokerSettings settings =
                BrokerSettings.ephemeral()
                        .withHost(addresses.host())
                        .withFolder(root.resolve("broker"));
        EmbeddedBroker broker = EmbeddedBroker.start(settings);
        try {
            ProcessCluster cluster =
                    ProcessCluster.start(
                            ClusterSettings.in(root)
                                    .withNetwork(addresses)
                                    .withSlots(SLOTS)
                                    .withHighAvailability()
                                    .withFlinkLibraries(List.of(ownClasses()))
                                    .withFlinkOptions(faultyDisk(root)),
                            TASK_MANAGERS);
            return new ChaosCluster(
                    root, network, settings.withPort(broker.port()), broker, cluster);
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
        return Path.of(
                ChaosCluster.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The options of a job with topics of its own, which are there afterwards. */
    Configuration options(String name) throws IOException {
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

    /** A job of these options, not yet submitted. */
    SubmittedJob job(Configuration options) throws IOException {
        return cluster.job(write(options));
    }

    /** Writes the options where the job of their name reads them when it is submitted. */
    Path write(Configuration options) throws IOException {
        String text =
                options.toMap().entrySet().stream()
                        .map(option -> option.getKey() + ": \"" + option.getValue() + "\"\n")
                        .collect(Collectors.joining());
        return Files.writeString(root.resolve(options.get(KafkaOptions.GROUP_ID) + ".yaml"), text);
    }

    void kill(ChaosPlan.Kill kill, SubmittedJob job) throws Exception {
        switch (kill.target()) {
            case TASK_MANAGER -> cluster.killTaskManager(taskManager(kill.index(), job));
            case JOB_MANAGER -> cluster.killJobManager();
            case BROKER -> {
                broker.kill();
                broker = EmbeddedBroker.start(brokerSettings);
            }
        }
    }

    void pause(ChaosPlan.Pause pause, SubmittedJob job) throws Exception {
        switch (pause.target()) {
            case TASK_MANAGER ->
                    cluster.pauseTaskManager(taskManager(pause.index(), job), pause.length());
            case JOB_MANAGER -> cluster.pauseJobManager(pause.length());
            case BROKER -> broker.pause(pause.length());
        }
    }

    void cut(ChaosPlan.Cut cut, SubmittedJob job) throws Exception {
        network.cut(taskManager(cut.index(), job), cut.length());
    }

    /** One that works for the job, if it can be told; a blow to an idle one proves nothing. */
    private static int taskManager(int index, SubmittedJob job) throws InterruptedException {
        try {
            List<Integer> busy = List.copyOf(job.taskManagers());
            return busy.isEmpty() ? index : busy.get(index % busy.size());
        } catch (IOException e) {
            // No JobManager answers, since a blow came before.
            return index;
        }
    }

    void fillDisk(Duration length) throws Exception {
        FaultyFileSystem.fill(faults(root), length);
    }

    void slowDisk(Duration length) throws Exception {
        FaultyFileSystem.slow(faults(root), length);
    }

    /** How many writes a full disk has refused. */
    long refusedWrites() throws IOException {
        return FaultyFileSystem.refused(faults(root));
    }

    /** Every Flink process is another afterwards. */
    void replaceAll() throws Exception {
        for (int i = 0; i < TASK_MANAGERS; i++) {
            cluster.killTaskManager(i);
        }
        cluster.killJobManager();
        revive();
        cluster.awaitJobManager();
    }

    /** Starts what has been killed, or has ended because it lost its master. */
    void revive() throws IOException {
        if (!cluster.isJobManagerAlive()) {
            cluster.startJobManager();
        }
        for (int i = 0; i < TASK_MANAGERS; i++) {
            if (!cluster.isTaskManagerAlive(i)) {
                cluster.startTaskManager(i);
            }
        }
    }

    @Override
    public void close() {
        cluster.close();
        if (broker != null) {
            broker.close();
        }
        close(network);
    }

    private static void close(NamespaceNetwork network) {
        if (network != null) {
            network.close();
        }
    }
}
