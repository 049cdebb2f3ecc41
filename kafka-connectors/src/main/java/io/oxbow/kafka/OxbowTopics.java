package io.oxbow.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of an installation: creates those that are missing, leaves the others as they are. */
public final class OxbowTopics {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    private OxbowTopics() {}

    /**
     * Creates the missing topics.
     *
     * @return the names of those created
     * @throws BrokerException if no broker answers within 15 s, or one refuses, or a topic that
     *     exists would not take the dead letters
     */
    public static List<String> createMissing(ReadableConfig config) throws BrokerException {
        Properties properties = new Properties();
        // Closing waits for what is under way: that must not outlast our own patience.
        String patience = Long.toString(PATIENCE.toMillis());
        properties.setProperty("request.timeout.ms", patience);
        properties.setProperty("default.api.timeout.ms", patience);
        properties.putAll(KafkaOptions.clientProperties(config));
        String servers = properties.getProperty("bootstrap.servers");
        Admin admin;
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            throw BrokerException.noClient(servers, e);
        }
        try (admin) {
            Set<String> existing = get(admin.listTopics().names(), servers, "list the topics");
            List<NewTopic> missing = new ArrayList<>();
            for (NewTopic topic : wanted(config)) {
                if (!existing.contains(topic.name())) {
                    missing.add(topic);
                }
            }
            List<String> created = create(admin, missing, servers);
            awaitOpen(admin, created, config.get(KafkaOptions.PARTITIONS), servers);
            String deadLetters = KafkaOptions.topic(config, EventTypes.DEAD_LETTER);
            if (existing.contains(deadLetters)) {
                checkDeadLetters(admin, deadLetters, config, servers);
            }
            return created;
        }
    }

    private static List<NewTopic> wanted(ReadableConfig config) {
        List<NewTopic> topics = new ArrayList<>();
        for (EventType<?> type : EventTypes.all()) {
            topics.add(topic(KafkaOptions.topic(config, type), config, Map.of()));
        }
        for (String input : config.get(KafkaOptions.INPUTS)) {
            if (ForeignInputs.names().contains(input)) {
                topics.add(topic(ForeignInputs.topic(config, input), config, Map.of()));
            }
        }
        topics.add(
                topic(
                        KafkaOptions.latestSummariesTopic(config),
                        config,
                        Map.of("cleanup.policy", "compact", "retention.bytes", "-1")));
        return topics;
    }

    private static NewTopic topic(
            String name, ReadableConfig config, Map<String, String> differences) {
        Map<String, String> settings = new HashMap<>();
        // Ages count from event times, which may be long past or, on a wrong clock, yet to come.
        settings.put("retention.ms", "-1");
        settings.put("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        settings.put(
                "retention.bytes",
                String.valueOf(config.get(KafkaOptions.RETENTION_SIZE).getBytes()));
        settings.put(MAX_MESSAGE_BYTES, String.valueOf(OxbowSinks.maxRecordSize(config)));
        settings.putAll(differences);
        return new NewTopic(
                        name,
                        Optional.of(config.get(KafkaOptions.PARTITIONS)),
                        Optional.of(config.get(KafkaOptions.REPLICATION_FACTOR).shortValue())
                                .filter(factor -> factor > 0))
                .configs(settings);
    }

    private static List<String> create(Admin admin, List<NewTopic> missing, String servers)
            throws BrokerException {
        Map<String, KafkaFuture<Void>> outcomes = admin.createTopics(missing).values();
        List<String> created = new ArrayList<>();
        for (NewTopic topic : missing) {
            try {
                get(outcomes.get(topic.name()), servers, "create the topic " + topic.name());
                created.add(topic.name());
            } catch (BrokerException e) {
                // Another job was quicker.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return created;
    }

    /**
     * Waits until every partition can be written. A topic is announced before its partitions are
     * open, and an idempotent producer that writes in between can lose count of its sequence
     * numbers, after which the partition refuses it for good. It is also made before every broker
     * has heard of it.
     */
    private static void awaitOpen(Admin admin, List<String> topics, int partitions, String servers)
            throws BrokerException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                get(admin.listOffsets(ends).all(), servers, "open the new topics");
                return;
            } catch (BrokerException e) {
                boolean unheardOf = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unheardOf || System.nanoTime() > giveUp) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws BrokerException {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while waiting for the new topics.", e);
        }
    }

    private static void checkDeadLetters(
            Admin admin, String topic, ReadableConfig config, String servers)
            throws BrokerException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config settings;
        try {
            settings =
                    get(
                            admin.describeConfigs(List.of(resource)).values().get(resource),
                            servers,
                            "describe the topic " + topic);
        } catch (BrokerException e) {
            // Not every user may look; then the documentation must do.
            return;
        }
        long accepted = Long.parseLong(settings.get(MAX_MESSAGE_BYTES).value());
        long letter = config.get(KafkaOptions.MAX_DEAD_LETTER_SIZE).getBytes();
        if (accepted < letter + OxbowSinks.RECORD_OVERHEAD) {
            throw new BrokerException(
                    "The topic "
                            + topic
                            + " takes records of "
                            + accepted
                            + " bytes, but dead letters may have "
                            + (letter + OxbowSinks.RECORD_OVERHEAD)
                            + "; raise its "
                            + MAX_MESSAGE_BYTES
                            + " or lower "
                            + KafkaOptions.MAX_DEAD_LETTER_SIZE.key()
                            + ".",
                    null);
        }
    }

    private static <T> T get(KafkaFuture<T> future, String servers, String action)
            throws BrokerException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw BrokerException.unreachable(servers, e.getCause());
            }
            throw BrokerException.refused(servers, "would not " + action, e.getCause());
        } catch (TimeoutException e) {
            throw BrokerException.unreachable(servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BrokerException.unreachable(servers, e);
        }
    }
}
