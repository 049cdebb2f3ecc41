package io.oxbow.jobs.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server.properties of one node that is broker and controller. */
final class BrokerProperties {
    static final String HOST = "127.0.0.1";

    /** The only broker there is must not be shut out because a busy machine kept it waiting. */
    private static final int SESSION_MILLIS = 120_000;

    /**
     * A node that was killed is let in again only when the session of its last life has ended, so
     * that one must be short.
     */
    private static final int SESSION_AFTER_CRASH_MILLIS = 12_000;

    private BrokerProperties() {}

    static String text(String host, int port, int controllerPort, Path logDirectory) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", 1);
        properties.put("controller.quorum.voters", "1@" + host + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "PLAINTEXT://"
                        + host
                        + ":"
                        + port
                        + ",CONTROLLER://"
                        + host
                        + ":"
                        + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
        properties.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", logDirectory.toString().replace('\\', '/'));

        // One node: no copies, and few partitions of the topics that keep the coordinators' state.
        properties.put("default.replication.factor", 1);
        properties.put("min.insync.replicas", 1);
        properties.put("offsets.topic.replication.factor", 1);
        properties.put("offsets.topic.num.partitions", 4);
        properties.put("transaction.state.log.replication.factor", 1);
        properties.put("transaction.state.log.min.isr", 1);
        properties.put("transaction.state.log.num.partitions", 4);
        properties.put("share.coordinator.state.topic.replication.factor", 1);
        properties.put("share.coordinator.state.topic.min.isr", 1);
        properties.put("share.coordinator.state.topic.num.partitions", 1);
        properties.put("num.partitions", 4);
        properties.put("num.network.threads", 2);
        properties.put("num.io.threads", 4);
        properties.put("background.threads", 2);
        properties.put("log.cleaner.dedupe.buffer.size", 16 * 1024 * 1024);
        properties.put("group.initial.rebalance.delay.ms", 0);

        properties.put("broker.session.timeout.ms", sessionMillis(logDirectory));

        // Topics made by a first write: any event time will do, and age is no reason to delete.
        properties.put("auto.create.topics.enable", true);
        properties.put("message.max.bytes", 4 * 1024 * 1024);
        properties.put("log.message.timestamp.after.max.ms", Long.MAX_VALUE);
        properties.put("log.retention.ms", -1);
        properties.put("log.retention.bytes", 1024 * 1024 * 1024);
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static int sessionMillis(Path logDirectory) {
        boolean used = Files.exists(logDirectory.resolve("meta.properties"));
        // Kafka's own mark, written at the end of an orderly shutdown and removed at the next
        // start.
        boolean endedInOrder = Files.exists(logDirectory.resolve(".kafka_cleanshutdown"));
        return used && !endedInOrder ? SESSION_AFTER_CRASH_MILLIS : SESSION_MILLIS;
    }
}
