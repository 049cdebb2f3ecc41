package io.oxbow.jobs.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.local.FreePort;
import io.oxbow.jobs.process.JavaProcess;
import io.oxbow.jobs.process.ProjectFiles;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running job as Prometheus sees it: every metric is there, and counts what happened. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int STREAMS = 4;
    private static final int TASKS = 2;
    private static final int EVENTS_PER_STREAM = 50;
    private static final long START = 1_788_336_000_000L;
    private static final Pattern FLINK_NAME = Pattern.compile("flink_[a-zA-Z0-9_]+");

    @TempDir private static Path folder;
    private static EmbeddedBroker broker;
    private static JavaProcess run;
    private static PrometheusPage page;

    @BeforeAll
    static void runAJob() throws Exception {
        broker = EmbeddedBroker.start();
        Configuration config =
                new Configuration()
                        .set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers())
                        .set(KafkaOptions.PARTITIONS, 2);
        OxbowTopics.createMissing(config);
        int port = FreePort.of("localhost");
        run =
                JavaProcess.start(
                        folder,
                        "run",
                        List.of(
                                "io.oxbow.jobs.cli.OxbowCli",
                                "run",
                                "--json",
                                "--parallelism",
                                String.valueOf(TASKS),
                                "--broker",
                                broker.bootstrapServers(),
                                "--input",
                                "features,sensors,models",
                                "-D",
                                "oxbow.model.uri=" + model("first", "bilinear"),
                                "-D",
                                "oxbow.kafka.partitions=2",
                                "-D",
                                "execution.checkpointing.interval=1s",
                                "-D",
                                "metrics.reporter.prom.factory.class="
                                        + "org.apache.flink.metrics.prometheus"
                                        + ".PrometheusReporterFactory",
                                "-D",
                                "metrics.reporter.prom.port=" + port));
        run.awaitOutput("\"started\"", PATIENCE);
        send(config);
        offerModels(config, broker.bootstrapServers());
        page = await(port);
    }

    private static Path model(String name, String discretization) throws IOException {
        Path model = Files.createDirectory(folder.resolve(name));
        Files.writeString(
                model.resolve("config.json"),
                """
                {"model_type": "hippo", "measure": "legs", "order": 6, "input_dim": 3,
                 "discretization": "%s"}
                """
                        .formatted(discretization));
        return model;
    }

    /** One that is not there, which the job must outlive, then one it goes over to. */
    private static void offerModels(Configuration config, String servers) throws Exception {
        try (EventProducer producer = new EventProducer(config)) {
            producer.send(
                    EventMappings.MODEL_UPDATE,
                    new ModelUpdate(
                            "model", 1, folder.resolve("none").toString(), "", 0, Origin.NONE));
        }
        try (JavaProcess swap =
                JavaProcess.start(
                        folder,
                        "swap",
                        List.of(
                                "io.oxbow.jobs.cli.OxbowCli",
                                "model",
                                "swap",
                                model("second", "zoh").toString(),
                                "--json",
                                "--broker",
                                servers))) {
            int status = swap.await(PATIENCE);
            assertThat(status).as(swap.log()).isZero();
            assertThat(swap.output()).contains("\"ok\"", "the states go on");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (run != null) {
            run.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    /** In order, but for one event twice, three missing, one too old, and one unreadable. */
    private static void send(Configuration config) throws Exception {
        try (EventProducer producer = new EventProducer(config);
                KafkaProducer<byte[], byte[]> vandal =
                        new KafkaProducer<>(
                                KafkaOptions.clientProperties(config),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            for (int seq = 0; seq < EVENTS_PER_STREAM; seq++) {
                for (int stream = 0; stream < STREAMS; stream++) {
                    producer.send(
                            EventMappings.OBSERVATION,
                            observation("rig-" + stream, seq, START + 1_000L * seq));
                }
            }
            int next = EVENTS_PER_STREAM;
            producer.send(
                    EventMappings.OBSERVATION,
                    observation("rig-0", next - 1, START + 1_000L * (next - 1)));
            producer.send(
                    EventMappings.OBSERVATION,
                    observation("rig-1", next + 3, START + 1_000L * (next + 3)));
            producer.send(EventMappings.OBSERVATION, observation("rig-2", next, START - 60_000));
            vandal.send(new ProducerRecord<>("oxbow.features", new byte[] {1, 2, 3}));
            producer.flush();
            long now = System.currentTimeMillis();
            producer.send(
                    EventMappings.QUERY,
                    new Query("q", "rig-0", "", "status", 0, 0, 0, 0, now + 60_000, now, ""));
        }
    }

    private static Observation observation(String stream, long seq, long time) {
        return new Observation(
                stream, 1, seq, time, time, 0, new float[] {seq % 5, 1, 0}, Health.OK, Origin.NONE);
    }

    /** A page on which all that was sent has been counted, and written back by a checkpoint. */
    private static PrometheusPage await(int port) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            PrometheusPage read = PrometheusPage.read(port);
            boolean all =
                    read.sum(OxbowMetric.EVENTS.prometheusName()) == STREAMS * EVENTS_PER_STREAM + 3
                            && read.sum(OxbowMetric.ANSWERS.prometheusName()) == 1
                            && read.sum(OxbowMetric.MODEL_SWAPS.prometheusName()) == TASKS
                            && read.sum(OxbowMetric.WRITE_BACKS.prometheusName()) >= 2 * STREAMS
                            && read.sum("flink_jobmanager_job_numberOfCompletedCheckpoints") > 1;
            if (all || System.nanoTime() > giveUp) {
                return read;
            }
            Thread.sleep(200);
        }
    }

    @Test
    void everyMetricIsReportedAndNoOther() {
        Set<String> expected = new TreeSet<>();
        for (OxbowMetric metric : OxbowMetric.values()) {
            expected.add(metric.prometheusName());
            if (metric.kind() == OxbowMetric.Kind.HISTOGRAM) {
                expected.add(metric.prometheusName() + "_count");
            }
        }
        Set<String> reported = page.names();
        reported.removeIf(name -> !name.contains("_operator_oxbow_"));
        assertThat(reported).isEqualTo(expected);
    }

    @Test
    void theyCountWhatHappened() {
        int learned = STREAMS * EVENTS_PER_STREAM + 1;
        assertThat(value(OxbowMetric.EVENTS)).isEqualTo(learned + 2);
        assertThat(value(OxbowMetric.DUPLICATES)).isEqualTo(1);
        assertThat(value(OxbowMetric.SEQUENCE_GAPS)).isEqualTo(3);
        assertThat(value(OxbowMetric.LATE)).isEqualTo(1);
        assertThat(value(OxbowMetric.DEAD_LETTERS))
                .as("late, unreadable, and a model")
                .isEqualTo(3);
        assertThat(value(OxbowMetric.MODELS_REFUSED)).isEqualTo(1);
        assertThat(value(OxbowMetric.MODELS_ACCEPTED)).isEqualTo(1);
        assertThat(value(OxbowMetric.MODEL_SWAPS)).isEqualTo(TASKS);
        assertThat(value(OxbowMetric.MODEL_RESETS)).isZero();
        assertThat(value(OxbowMetric.ANSWERS)).isEqualTo(1);
        assertThat(value(OxbowMetric.REJECTED)).isZero();
        assertThat(value(OxbowMetric.STATE_RESETS)).isZero();
        assertThat(value(OxbowMetric.KERNEL_NANOS)).isPositive();
        assertThat(value(OxbowMetric.STATE_BYTES)).isPositive();
        // Of both operators: they share the name, and the labels tell them apart.
        assertThat(value(OxbowMetric.RESIDENT_STREAMS)).isEqualTo(2 * STREAMS);
        assertThat(value(OxbowMetric.WRITE_BACKS)).isGreaterThanOrEqualTo(2 * STREAMS);
        double batches = 0;
        for (OxbowMetric metric : OxbowMetric.values()) {
            if (metric.path().startsWith("drains.")) {
                batches += value(metric);
            }
        }
        assertThat(page.sum(OxbowMetric.BATCH_SIZE.prometheusName() + "_count"))
                .isEqualTo(batches)
                .isBetween(1.0, (double) learned);
        assertThat(value(OxbowMetric.BATCH_FILL)).isGreaterThan(0).isLessThanOrEqualTo(2);
        assertThat(value(OxbowMetric.RESIDENT_HIT_RATE)).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy/grafana/dashboards/oxbow.json",
                "deploy/prometheus/alerts.yml",
            })
    void dashboardAndAlertsNameOnlyWhatThereIs(String file) throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = FLINK_NAME.matcher(Files.readString(ProjectFiles.named(file)));
        while (matcher.find()) {
            named.add(matcher.group());
        }
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(page.names()).containsAll(named);
    }

    private static double value(OxbowMetric metric) {
        return page.sum(metric.prometheusName());
    }
}
