package io.oxbow.jobs.cluster;

import io.oxbow.jobs.local.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The files that the processes of a cluster read and write, below one folder. */
record ClusterFiles(Path root, String host, int restPort, int rpcPort, int zooKeeperPort) {

    /** Writes the configuration of every process. */
    static ClusterFiles write(ClusterSettings settings) throws IOException {
        Path root = Files.createDirectories(settings.folder());
        String host = settings.network().host();
        ClusterFiles files =
                new ClusterFiles(
                        root, host, FreePort.of(host), FreePort.of(host), FreePort.of(host));
        Files.createDirectories(files.temporary());
        Files.writeString(files.logging(), LOGGING);
        Files.writeString(files.zooKeeper(), files.zooKeeperText());
        Files.writeString(root.resolve("config.yaml"), yaml(files.flink(settings)));
        return files;
    }

    Path logging() {
        return root.resolve("log4j2.xml");
    }

    Path zooKeeper() {
        return root.resolve("zoo.cfg");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    Path log(String name, int number) {
        return root.resolve("%s-%d.log".formatted(name, number));
    }

    private Path temporary() {
        return root.resolve("tmp");
    }

    private Map<String, String> flink(ClusterSettings settings) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jobmanager.rpc.address", host);
        options.put("jobmanager.bind-host", host);
        options.put("rest.address", host);
        options.put("rest.bind-address", host);
        options.put("rest.port", Integer.toString(restPort));
        options.put("rest.bind-port", Integer.toString(restPort));
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
        // As small as they run: several share this machine.
        options.put("taskmanager.cpu.cores", "2.0");
        options.put("taskmanager.memory.framework.heap.size", "128m");
        options.put("taskmanager.memory.framework.off-heap.size", "64m");
        options.put("taskmanager.memory.task.heap.size", "384m");
        options.put("taskmanager.memory.task.off-heap.size", "0m");
        options.put("taskmanager.memory.network.min", "64m");
        options.put("taskmanager.memory.network.max", "64m");
        options.put("taskmanager.memory.managed.size", "96m");
        options.put("taskmanager.memory.jvm-metaspace.size", "192m");
        options.put("taskmanager.memory.jvm-overhead.min", "192m");
        options.put("taskmanager.memory.jvm-overhead.max", "192m");
        if (settings.highAvailability()) {
            options.put("high-availability.type", "zookeeper");
            options.put("high-availability.zookeeper.quorum", host + ":" + zooKeeperPort);
            options.put("high-availability.storageDir", uri("ha"));
            options.put("high-availability.cluster-id", "/oxbow");
            // A killed JobManager stays the leader until its session has ended.
            options.put("high-availability.zookeeper.client.session-timeout", "6 s");
        } else {
            // Without ZooKeeper the TaskManagers must know where it is.
            options.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        }
        options.put("heartbeat.interval", "1 s");
        options.put("heartbeat.timeout", "6 s");
        options.put("state.backend.type", "rocksdb");
        options.put("execution.checkpointing.dir", uri("checkpoints"));
        options.put("execution.checkpointing.savepoint-dir", savepoints().toUri().toString());
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.tolerable-failed-checkpoints", "1000");
        options.put("restart-strategy.type", "fixed-delay");
        options.put("restart-strategy.fixed-delay.attempts", "1000000");
        options.put("restart-strategy.fixed-delay.delay", "500 ms");
        options.put("io.tmp.dirs", temporary().toString());
        options.putAll(settings.flinkOptions());
        return options;
    }

    private String uri(String name) {
        return root.resolve(name).toUri().toString();
    }

    private static String yaml(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + ": \"" + option.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    private String zooKeeperText() throws IOException {
        return """
        tickTime=2000
        initLimit=10
        syncLimit=5
        admin.enableServer=false
        dataDir=%s
        clientPort=%d
        clientPortAddress=%s
        server.1=%s:%d:%d
        """
                .formatted(
                        root.resolve("zookeeper"),
                        zooKeeperPort,
                        host,
                        host,
                        FreePort.of(host),
                        FreePort.of(host));
    }

    private static final String LOGGING =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Configuration status="ERROR">
              <Appenders>
                <Console name="out" target="SYSTEM_OUT">
                  <PatternLayout pattern="%d{HH:mm:ss.SSS} %-5level %logger{1} %msg%n%xEx"/>
                </Console>
              </Appenders>
              <Loggers>
                <Root level="INFO"><AppenderRef ref="out"/></Root>
              </Loggers>
            </Configuration>
            """;
}
