package io.oxbow.jobs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.Timeline;
import io.oxbow.kafka.EventEncoder;
import io.oxbow.kafka.EventExpectation;
import io.oxbow.kafka.EventMapping;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowSinks;
import io.oxbow.kafka.OxbowSources;
import io.oxbow.kafka.OxbowTopics;
import io.oxbow.kafka.StreamInputs;
import io.oxbow.kafka.event.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sources and sinks in a real job on a real broker, with everything in between left out. */
class KafkaPipelineIT {
    private static final int DIM = 4;
    private static final int EVENTS = 500;
    private static final String REPLIES = "console-7";

    private static EmbeddedBroker broker;
    private static Configuration config;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
        config =
                new Configuration()
                        .set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers())
                        .set(KafkaOptions.PARTITIONS, 2);
        OxbowTopics.createMissing(config);
        try (Admin admin = Admin.create(KafkaOptions.clientProperties(config))) {
            admin.createTopics(List.of(new NewTopic(REPLIES, 1, (short) 1))).all().get();
        }
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void everyRecordArrivesOnceAndDamagedOnesAsideWhole() throws Exception {
        List<byte[]> damaged = damagedValues();
        send(damaged);

        runJob();

        Set<String> seen = new HashSet<>();
        List<Inference> inferences = readAll(EventMappings.INFERENCE, "oxbow.inferences", EVENTS);
        for (Inference inference : inferences) {
            assertThat(seen.add(inference.streamId() + "/" + inference.seq())).isTrue();
            assertThat(inference.values()).containsExactly(values((int) inference.seq()));
        }
        assertThat(inferences).hasSize(EVENTS);

        List<DeadLetter> letters =
                readAll(
                        EventMappings.same(io.oxbow.kafka.EventTypes.DEAD_LETTER),
                        "oxbow.dead-letters",
                        damaged.size());
        assertThat(letters)
                .hasSize(damaged.size())
                .allSatisfy(
                        letter -> {
                            assertThat(letter.getError()).isNotBlank();
                            assertThat(letter.getTopic()).isEqualTo("oxbow.features");
                        });
        assertThat(letters.stream().map(DeadLetter::getValue))
                .containsExactlyInAnyOrderElementsOf(
                        damaged.stream().map(ByteBuffer::wrap).toList());

        // An answer goes where it was asked for, unless there is no such place.
        assertThat(readAll(EventMappings.ANSWER, REPLIES, 1))
                .extracting(Answer::queryId)
                .containsExactly("there");
        assertThat(readAll(EventMappings.ANSWER, "oxbow.answers", 2))
                .extracting(Answer::queryId)
                .containsExactlyInAnyOrder("usual", "nowhere");
    }

    private static void runJob() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(
                        2,
                        new Configuration()
                                .set(PipelineOptions.GENERIC_TYPES, false)
                                .set(
                                        CheckpointingOptions.CHECKPOINTING_INTERVAL,
                                        Duration.ofMillis(500)));
        StreamInputs inputs =
                OxbowSources.read(env, config, EventExpectation.ofDim(DIM), Boundedness.BOUNDED);
        inputs.events()
                .keyBy(StreamEvent::streamId)
                .filter(Observation.class::isInstance)
                .map(KafkaPipelineIT::infer)
                .returns((TypeInformation<Inference>) EventTypes.INFERENCE)
                .sinkTo(OxbowSinks.sink(EventMappings.INFERENCE, config));
        inputs.events()
                .filter(Query.class::isInstance)
                .map(KafkaPipelineIT::answer)
                .returns((TypeInformation<Answer>) EventTypes.ANSWER)
                .sinkTo(OxbowSinks.sink(EventMappings.ANSWER, config));
        inputs.deadLetters().sinkTo(OxbowSinks.deadLetters(config));
        env.execute();
    }

    private static void send(List<byte[]> damaged) throws Exception {
        Properties properties = KafkaOptions.clientProperties(config);
        properties.setProperty("max.request.size", "2000000");
        try (EventProducer producer = new EventProducer(config);
                KafkaProducer<byte[], byte[]> vandal =
                        new KafkaProducer<>(
                                properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < EVENTS; i++) {
                producer.send(EventMappings.OBSERVATION, observation("cam-" + i % 7, i, values(i)));
                if (i < damaged.size()) {
                    vandal.send(new ProducerRecord<>("oxbow.features", damaged.get(i)));
                }
            }
            producer.send(EventMappings.QUERY, query("usual", ""));
            producer.send(EventMappings.QUERY, query("there", REPLIES));
            producer.send(EventMappings.QUERY, query("nowhere", "no such/topic"));
        }
    }

    private static List<byte[]> damagedValues() {
        byte[] whole = encode(observation("cam", 1, values(1)));
        Random random = new Random(5);
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            damaged.add(Arrays.copyOf(whole, random.nextInt(whole.length)));
            damaged.add(encode(observation("cam", i, new float[] {1, Float.NaN, 2, 3})));
            damaged.add(encode(observation("cam", i, new float[DIM + 1 + i])));
            damaged.add(new byte[0]);
            byte[] otherSchema = whole.clone();
            otherSchema[1 + random.nextInt(4)] ^= 0x55;
            damaged.add(otherSchema);
        }
        damaged.add(new byte[1_500_000]);
        return damaged;
    }

    private static byte[] encode(Observation observation) {
        return new EventEncoder<>(io.oxbow.kafka.EventTypes.FEATURES)
                .encode(EventMappings.OBSERVATION.toRecord(observation));
    }

    private static Observation observation(String streamId, int seq, float[] values) {
        return new Observation(
                streamId, 0, seq, 1_000L * seq, 0, 0, values, Health.OK, Origin.NONE);
    }

    private static float[] values(int seq) {
        float[] values = new float[DIM];
        IntStream.range(0, DIM).forEach(i -> values[i] = seq + i / 8f);
        return values;
    }

    private static Query query(String id, String replyTo) {
        return new Query(id, "cam-1", "", "status", 0, 0, 0, 0, 0, 5, replyTo);
    }

    private static Inference infer(StreamEvent event) {
        Observation seen = (Observation) event;
        float[] none = new float[0];
        return new Inference(
                seen.streamId(),
                seen.epoch(),
                seen.seq(),
                seen.eventTime(),
                seen.ingestTime(),
                seen.encoderHash(),
                0,
                seen.health(),
                0,
                0,
                Float.NaN,
                seen.values(),
                none,
                none,
                none,
                none,
                none);
    }

    private static Answer answer(StreamEvent event) {
        Query asked = (Query) event;
        return new Answer(
                asked.queryId(),
                asked.streamId(),
                "",
                asked.kind(),
                "ok",
                0,
                0,
                0,
                0,
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                asked.replyTo());
    }

    /** Waits for that many values, then a little longer for any too many. */
    private static <V, R extends SpecificRecordBase> List<V> readAll(
            EventMapping<V, R> mapping, String topic, int expected) throws Exception {
        List<V> values = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (EventReader<V> reader = EventReader.open(mapping, topic, true, config)) {
            while (values.size() < expected && System.nanoTime() < deadline) {
                values.addAll(reader.poll(Duration.ofMillis(200)));
            }
            values.addAll(reader.poll(Duration.ofMillis(500)));
            assertThat(reader.unreadable()).isZero();
        }
        return values;
    }
}
