package io.oxbow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oxbow.jobs.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandIT {
    private static final String START = "2026-09-02T08:00:00Z";
    private static final long START_MILLIS = 1_788_336_000_000L;

    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    private static JsonNode ingest(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--broker", broker.bootstrapServers(), "--json"));
        Outcome outcome = Outcome.of(IngestCommand.class, all.toArray(new String[0]));
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.lines()).hasSize(1);
        return outcome.json().get(0);
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic, String key) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        found.removeIf(record -> !record.key().equals(key));
        return found;
    }

    @Test
    void aVideoBecomesFeaturesAndPicturesOnlyIfAsked() throws Exception {
        String video = Recordings.video(folder.resolve("v.y4m"), 30, 0, 0).toString();

        JsonNode plain = ingest("video", video, "--stream", "plain", "--start-time", START);
        JsonNode kept =
                ingest(
                        "video",
                        video,
                        "--stream",
                        "kept",
                        "--keep-frames",
                        "--rate",
                        "real",
                        "--fps",
                        "5");

        assertThat(plain.get("events").asLong()).isEqualTo(30);
        assertThat(plain.get("from").asLong()).isEqualTo(START_MILLIS);
        assertThat(kept.get("events").asLong()).isEqualTo(15);
        assertThat(kept.get("seconds").asDouble()).isGreaterThanOrEqualTo(2.8);
        List<ConsumerRecord<String, byte[]>> features = read("oxbow.features", "plain");
        assertThat(features).hasSize(30);
        for (int n = 0; n < 30; n++) {
            assertThat(features.get(n).timestamp()).isEqualTo(START_MILLIS + 100L * n);
        }
        assertThat(read("oxbow.features", "kept")).hasSize(15);
        assertThat(read("oxbow.frames", "plain")).isEmpty();
        assertThat(read("oxbow.frames", "kept")).hasSize(15);
    }

    @Test
    void aSoundBecomesFeatures() throws Exception {
        String sound = Recordings.sound(folder.resolve("s.wav")).toString();

        JsonNode report = ingest("audio", sound, "--stream", "mic", "--chunk", "100ms");

        assertThat(report.get("events").asLong()).isEqualTo(10);
        assertThat(read("oxbow.features", "mic")).hasSize(10);
    }

    @Test
    void aTableBecomesReadings() throws Exception {
        Path table = folder.resolve("t.csv");
        Files.writeString(table, "at,a,b\n2026-09-02 08:00:00,1,2\n2026-09-02 08:00:10,x,y\n");

        JsonNode report = ingest("csv", table.toString(), "--stream", "rig", "--time-column", "at");

        assertThat(report.get("events").asLong()).isEqualTo(1);
        assertThat(report.get("skipped").asLong()).isEqualTo(1);
        assertThat(read("oxbow.sensors", "rig"))
                .singleElement()
                .satisfies(record -> assertThat(record.timestamp()).isEqualTo(START_MILLIS));
    }
}
