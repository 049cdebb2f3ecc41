package io.oxbow.jobs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.event.Query;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void carriesEvents() throws Exception {
        Configuration config = config(broker);
        assertThat(OxbowTopics.createMissing(config))
                .contains("oxbow.features", "oxbow.dead-letters", "oxbow.summaries-latest");
        assertThat(OxbowTopics.createMissing(config)).isEmpty();
        List<Query> asked = new ArrayList<>();
        try (EventReader<Query> reader = EventReader.fromNow(EventMappings.QUERY, config);
                EventProducer producer = new EventProducer(config)) {
            for (int i = 0; i < 100; i++) {
                Query query =
                        new Query("q" + i, "cam-" + i % 7, "", "status", 0, 0, 0, 0, 0, i, "");
                asked.add(query);
                producer.send(EventMappings.QUERY, query);
            }
            producer.flush();

            assertThat(read(reader, asked.size())).containsExactlyInAnyOrderElementsOf(asked);
            assertThat(reader.unreadable()).isZero();
        }
    }

    @Test
    void showsOnlyWhatWasCommitted() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        properties.setProperty("transactional.id", "embedded-broker-it");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("ledger", 0, "key", "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("ledger", 0, "key", "committed"));
            producer.commitTransaction();
        }
        Properties reading = new Properties();
        reading.setProperty("bootstrap.servers", broker.bootstrapServers());
        reading.setProperty("isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("ledger", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> seen = new ArrayList<>();
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    seen.add(record.value());
                }
            }
            assertThat(seen).containsExactly("committed");
        }
    }

    @Test
    void aTakenPortIsTheUsersMistake() {
        BrokerSettings settings = BrokerSettings.ephemeral().withPort(broker.port());

        assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                .isInstanceOf(UserMistake.class)
                .hasMessage(
                        "port %d is taken by another program; stop it, or choose another port",
                        broker.port());
    }

    @Test
    void keepsItsDataInAGivenFolderAndLeavesNoProcess(@TempDir Path folder) throws Exception {
        BrokerSettings settings = BrokerSettings.ephemeral().withFolder(folder);
        Query query = new Query("q", "cam", "", "status", 0, 0, 0, 0, 0, 1, "");
        long pid;
        try (EmbeddedBroker first = EmbeddedBroker.start(settings)) {
            pid = first.pid();
            Configuration config = config(first);
            OxbowTopics.createMissing(config);
            try (EventProducer producer = new EventProducer(config)) {
                producer.send(EventMappings.QUERY, query);
            }
            assertThat(Files.readString(first.logFile())).contains("Kafka Server started");
        }
        assertThat(isRunning(pid)).isFalse();

        try (EmbeddedBroker second = EmbeddedBroker.start(settings);
                EventReader<Query> reader =
                        EventReader.fromStart(EventMappings.QUERY, config(second))) {
            assertThat(read(reader, 1)).containsExactly(query);
        }
    }

    /** As after a power cut: twice, for a folder may be unlucky more than once. */
    @Test
    void comesBackAfterACrash(@TempDir Path folder) throws Exception {
        BrokerSettings settings = BrokerSettings.ephemeral().withFolder(folder);
        Set<Query> written = new HashSet<>();
        for (int life = 0; life < 3; life++) {
            try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
                Configuration config = config(broker);
                OxbowTopics.createMissing(config);
                try (EventReader<Query> reader =
                        EventReader.fromStart(EventMappings.QUERY, config)) {
                    assertThat(read(reader, written.size())).isEqualTo(written);
                }
                Query query = new Query("q" + life, "cam", "", "status", 0, 0, 0, 0, 0, life, "");
                try (EventProducer producer = new EventProducer(config)) {
                    producer.send(EventMappings.QUERY, query);
                }
                written.add(query);
                broker.kill();
            }
        }
    }

    /** The parent is killed, not asked to end: no shutdown hook runs. */
    @Test
    void diesWithItsParentAndCleansUp() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader output = parent.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            Path folder = Path.of(output.readLine());
            assertThat(isRunning(pid)).isTrue();
            assertThat(folder).exists();

            parent.destroyForcibly().waitFor();

            ProcessHandle.of(pid)
                    .ifPresent(child -> child.onExit().orTimeout(20, TimeUnit.SECONDS).join());
            assertThat(isRunning(pid)).isFalse();
            assertThat(folder).doesNotExist();
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Starts a broker and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            EmbeddedBroker broker = EmbeddedBroker.start();
            System.out.println(broker.pid());
            System.out.println(broker.logFile().getParent());
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Configuration config(EmbeddedBroker broker) {
        return new Configuration().set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
    }

    private static <V> Set<V> read(EventReader<V> reader, int count) throws Exception {
        Set<V> values = new HashSet<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (values.size() < count && System.nanoTime() < deadline) {
            values.addAll(reader.poll(Duration.ofMillis(200)));
        }
        return values;
    }
}
