package io.oxbow.examples;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.SampleModels;
import io.oxbow.encode.onnx.TinyOnnx;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples. */
@Timeout(180)
@SuppressWarnings("try") // Closing results may be interrupted.
class ExamplesIT {
    private static final long START = 1_795_500_000_000L;

    private static EmbeddedBroker broker;
    private static Configuration options;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
        options = new Configuration();
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        OxbowTopics.createMissing(options);
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void theDataStreamApiFindsTheJump() throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        List<Inference> rare =
                all(
                        SensorAlerts.rare(
                                environment.fromData(
                                        LongStream.range(0, 5_000)
                                                .mapToObj(SensorAlerts::at)
                                                .toList())));
        assertThat(rare).anyMatch(inference -> inference.eventTime() == 4_000_000);
        assertThat(rare).hasSizeLessThan(20);
    }

    @Test
    void mambaWeightsOfOnesOwnRun(@TempDir Path folder) throws Exception {
        String directory = SampleModels.writeMamba(folder).toString();
        int inputDim = OwnMamba.inputDim(directory);
        List<OwnMamba.Vector> vectors = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 20; i++) {
            OwnMamba.Vector vector = new OwnMamba.Vector();
            vector.stream = "s" + i % 2;
            vector.millis = i;
            vector.values = new float[inputDim];
            for (int c = 0; c < inputDim; c++) {
                vector.values[c] = random.nextFloat();
            }
            vectors.add(vector);
        }
        List<Inference> said =
                all(
                        OwnMamba.embeddings(
                                StreamExecutionEnvironment.getExecutionEnvironment()
                                        .fromData(vectors),
                                directory));
        assertThat(said).hasSize(20);
        assertThat(said).allMatch(inference -> inference.embedding().length == 6);
        assertThat(said.get(5).embedding()).isNotEqualTo(said.get(7).embedding());
    }

    @Test
    void anImageModelOfOnesOwnFindsTheOddPicture(@TempDir Path folder) throws Exception {
        Path file =
                Files.write(
                        folder.resolve("own.onnx"),
                        TinyOnnx.embedding(4, true, -1, 3, 16, 16).bytes());
        List<OwnImageModel.Picture> pictures = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 400; i++) {
            OwnImageModel.Picture picture = new OwnImageModel.Picture();
            picture.camera = "gate";
            picture.millis = 1_000L * i;
            picture.width = 24;
            picture.height = 20;
            picture.luma = new byte[24 * 20];
            for (int p = 0; p < picture.luma.length; p++) {
                int stripes = p % 24 % 4 < 2 ? 90 : 60;
                picture.luma[p] = (byte) (i == 350 ? 200 : stripes + random.nextInt(20));
            }
            pictures.add(picture);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        List<Inference> said =
                all(
                        OwnImageModel.novelty(
                                environment.fromData(pictures),
                                file.toString(),
                                "0".repeat(64),
                                4));
        assertThat(said).hasSize(400);
        assertThat(said.subList(200, 400).stream().min(comparing(Inference::pValue)))
                .hasValueSatisfying(rarest -> assertThat(rarest.eventTime()).isEqualTo(350_000));
    }

    @Test
    void sqlSeesWhatAnOwnEncoderSentAndRemembersIt() throws Exception {
        float[][] windows = new float[30][200];
        Random random = new Random(3);
        for (float[] window : windows) {
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) random.nextGaussian();
            }
        }
        OwnEncoder.send("press-1", windows, START, options);

        List<Row> rows =
                rows(
                        new SqlOverTopics(broker.bootstrapServers()),
                        SqlOverTopics.MEMORY_OVER_FEATURES,
                        30);

        assertThat(rows).allMatch(row -> row.getField("streamId").equals("press-1"));
        assertThat(rows).allMatch(row -> row.getField("problem") == null);
        assertThat(rows.get(29).getField("state_version")).isEqualTo(30L);
    }

    @Test
    void everyTableFitsTheEventsOfItsTopic() throws Exception {
        assertThat(new SqlOverTopics(broker.bootstrapServers()).explained())
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(plan -> plan.contains("TableSourceScan"));
    }

    @Test
    void sqlReadsWhatTheJobWrote() throws Exception {
        try (EventProducer producer = new EventProducer(options)) {
            producer.send(
                    EventMappings.ANOMALY,
                    new Anomaly(
                            "gate",
                            "covered",
                            Anomaly.Phase.OPEN,
                            START,
                            START,
                            Float.NaN,
                            Float.NaN,
                            List.of(),
                            "gate/covered/" + START,
                            "gate is covered.",
                            List.of(new Evidence("health", -1, Float.NaN))));
            producer.send(EventMappings.SUMMARY, summary());
        }
        SqlOverTopics sql = new SqlOverTopics(broker.bootstrapServers());

        Row anomaly = rows(sql, SqlOverTopics.UNUSUAL_STREAMS, 1).get(0);
        assertThat(anomaly.getField("text")).isEqualTo("gate is covered.");
        Row row =
                rows(
                                sql,
                                "SELECT streamId, usualActivity, activity.`values`[2] AS middle,"
                                        + " EXTRACT(HOUR FROM `from`) AS h FROM oxbow_summaries"
                                        + " WHERE streamId = 'gate'",
                                1)
                        .get(0);
        assertThat(row.getField("usualActivity")).isNull();
        assertThat(row.getField("middle")).isEqualTo(2.5f);
        assertThat(row.getField("h")).isEqualTo(START / 3_600_000 % 24);
    }

    @Test
    void aPlainConsumerReadsSummaries() throws Exception {
        try (EventProducer producer = new EventProducer(options)) {
            producer.send(EventMappings.SUMMARY, summary());
        }
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ReadSummaries.main(new String[] {broker.bootstrapServers(), "1"});
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("gate: An hour at the gate.");
    }

    private static Summary summary() {
        return new Summary(
                "gate",
                "hour",
                START,
                START + 3_600_000,
                START + 3_599_000,
                7,
                7,
                1,
                2,
                Float.NaN,
                Float.NaN,
                Float.NaN,
                Float.NaN,
                new Timeline(START, 1_200_000, new float[] {1, 2.5f, Float.NaN}, 0.1f, 0.2f),
                Timeline.EMPTY,
                List.of(),
                Stretch.NONE,
                Stretch.NONE,
                List.of(),
                List.of(),
                List.of(),
                "An hour at the gate.");
    }

    private static List<Inference> all(DataStream<Inference> inferences) throws Exception {
        List<Inference> all = new ArrayList<>();
        try (CloseableIterator<Inference> iterator = inferences.executeAndCollect()) {
            iterator.forEachRemaining(all::add);
        }
        return all;
    }

    private static List<Row> rows(SqlOverTopics sql, String query, int count) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator = sql.run(query).collect()) {
            while (rows.size() < count) {
                rows.add(iterator.next());
            }
        }
        return rows;
    }
}
