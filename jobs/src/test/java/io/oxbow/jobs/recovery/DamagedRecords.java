package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.kafka.EventEncoder;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.event.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that no job can use, each damaged in one of the ways that happen. */
final class DamagedRecords {
    private static final int HUGE = 1_500_000;
    private static final int HUGE_ONES = 20;

    private final SplittableRandom random;
    private final int channels;
    private final List<byte[]> values = new ArrayList<>();
    private final EventEncoder<io.oxbow.kafka.event.Features> features =
            new EventEncoder<>(EventTypes.FEATURES);

    private DamagedRecords(long seed, int channels) {
        this.random = new SplittableRandom(seed * 31);
        this.channels = channels;
    }

    /** Makes {@code count} of them; a few are larger than any event may be. */
    static DamagedRecords make(long seed, int count, int channels) {
        DamagedRecords damaged = new DamagedRecords(seed, channels);
        for (int i = 0; i < count; i++) {
            damaged.values.add(i < HUGE_ONES ? damaged.huge() : damaged.next());
        }
        return damaged;
    }

    private byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> truncated();
            case 1 -> wrongSchemaId();
            case 2 -> wrongMagic();
            case 3 -> event(channels, Float.NaN);
            case 4 -> event(channels, Float.NEGATIVE_INFINITY);
            case 5 -> event(channels + 1 + random.nextInt(70), 1);
            case 6 -> new byte[0];
            default -> trailing();
        };
    }

    private byte[] event(int dim, float value) {
        float[] vector = new float[dim];
        vector[random.nextInt(dim)] = value;
        Observation observation =
                new Observation(
                        "sensor-" + random.nextInt(12),
                        1,
                        random.nextInt(5_000),
                        1_790_000_000_000L + random.nextInt(10_000_000),
                        0,
                        0,
                        vector,
                        Health.OK,
                        Origin.NONE);
        return features.encode(EventMappings.OBSERVATION.toRecord(observation));
    }

    private byte[] truncated() {
        byte[] whole = event(channels, 1);
        return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
    }

    private byte[] trailing() {
        byte[] whole = event(channels, 1);
        return Arrays.copyOf(whole, whole.length + 1 + random.nextInt(8));
    }

    private byte[] wrongSchemaId() {
        byte[] bytes = event(channels, 1);
        ByteBuffer.wrap(bytes).putInt(1, 1_000_000 + random.nextInt(1_000_000));
        return bytes;
    }

    private byte[] wrongMagic() {
        byte[] bytes = event(channels, 1);
        bytes[0] = (byte) (1 + random.nextInt(255));
        return bytes;
    }

    private byte[] huge() {
        byte[] bytes = new byte[HUGE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Writes the recording and these records to the input topics, mixed at random. */
    void produceAmong(RecordedStreams recording, Configuration config) {
        Properties properties = KafkaOptions.clientProperties(config);
        properties.setProperty("max.request.size", "3000000");
        properties.setProperty("enable.idempotence", "true");
        EventEncoder<io.oxbow.kafka.event.Query> queries = new EventEncoder<>(EventTypes.QUERY);
        String featuresTopic = KafkaOptions.topic(config, EventTypes.FEATURES);
        String queriesTopic = KafkaOptions.topic(config, EventTypes.QUERY);
        int sent = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Object> events = recording.events();
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i) instanceof Observation observation) {
                    byte[] value = features.encode(EventMappings.OBSERVATION.toRecord(observation));
                    send(producer, featuresTopic, observation.streamId(), value);
                } else if (events.get(i) instanceof Query query) {
                    byte[] value = queries.encode(EventMappings.QUERY.toRecord(query));
                    send(producer, queriesTopic, query.streamId(), value);
                }
                for (; sent < (long) values.size() * (i + 1) / events.size(); sent++) {
                    String key = random.nextBoolean() ? "sensor-" + random.nextInt(12) : null;
                    send(producer, featuresTopic, key, values.get(sent));
                }
            }
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, keyBytes, value));
    }

    /** Each damaged record lies among the letters with its own bytes, as often as it was sent. */
    void assertAllIn(List<DeadLetter> letters) {
        List<ByteBuffer> original = new ArrayList<>();
        values.forEach(value -> original.add(ByteBuffer.wrap(value)));
        List<ByteBuffer> kept = new ArrayList<>();
        letters.forEach(letter -> kept.add(letter.getValue()));
        assertThat(sorted(kept)).isEqualTo(sorted(original));
        assertThat(letters).allSatisfy(letter -> assertThat(letter.getError()).isNotBlank());
    }

    private static List<ByteBuffer> sorted(List<ByteBuffer> values) {
        return values.stream().sorted().toList();
    }
}
