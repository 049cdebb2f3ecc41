package io.oxbow.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Evidence;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.local.FreePort;
import io.oxbow.jobs.process.JavaProcess;
import io.oxbow.jobs.process.ProjectFiles;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's SQL gateway and SQL client, in JVMs of their own that have Flink and nothing of Oxbow's
 * or Kafka's: {@code oxbow-flink-job.jar} is added, then come the tables of {@code tables.sql} and
 * every statement of docs/sql.md as it stands there.
 */
@Timeout(300)
class SqlClientIT {
    private static final long START = 1_795_500_000_000L;
    private static final int READINGS = 60;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(200);
    private static final Pattern STATEMENTS = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @TempDir static Path folder;

    @Test
    void everyStatementOfTheDocumentRuns() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Configuration options = new Configuration();
            options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
            OxbowTopics.createMissing(options);
            write(options);
            Path script = folder.resolve("script.sql");
            Files.writeString(script, script(broker.bootstrapServers()));
            int port = FreePort.of("localhost");

            try (JavaProcess gateway = gateway(port);
                    JavaProcess client = client(port, script)) {
                int status = client.await(PATIENCE);
                String said = client.output();

                assertThat(status).as("%s%n%s", said, client.log() + gateway.log()).isZero();
                assertThat(said).doesNotContain("[ERROR]");
                assertThat(said).as("an anomaly, as it opened").contains("gate is covered.");
                assertThat(said)
                        .as("a memory over a table of one's own")
                        .containsPattern("Received a total of " + READINGS + " rows");
            }
        }
    }

    private static void write(Configuration options) throws Exception {
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
        }
    }

    /** What the document leaves to the reader (a table of readings), then what it says. */
    private static String script(String brokers) throws Exception {
        Path jar = ProjectFiles.named("jobs/target/oxbow-flink-job.jar");
        assertThat(jar).as("the job's jar, which the package phase makes").exists();
        String tables = file("kafka-connectors/src/main/resources/io/oxbow/kafka/sql/tables.sql");
        String bounded =
                Pattern.compile("CREATE TABLE (oxbow_\\w+)")
                        .matcher(tables)
                        .results()
                        .map(table -> table.group(1))
                        .map(
                                table ->
                                        "ALTER TABLE "
                                                + table
                                                + " SET ('scan.bounded.mode'='latest-offset');")
                        .collect(Collectors.joining("\n"));
        Random random = new Random(4);
        String rows =
                IntStream.range(0, READINGS)
                        .mapToObj(
                                i ->
                                        "('boiler-%d', TO_TIMESTAMP_LTZ(%d, 3), %.3f, %.3f)"
                                                .formatted(
                                                        i % 2,
                                                        START + i * 1_000L,
                                                        60 + random.nextGaussian(),
                                                        2 + random.nextGaussian() / 10))
                        .collect(Collectors.joining(",\n"));
        return """
                ADD JAR '%s';
                %s
                SET 'sql-client.execution.result-mode' = 'TABLEAU';
                SET 'table.dml-sync' = 'true';
                %s
                CREATE TABLE readings (
                  sensor STRING, ts TIMESTAMP_LTZ(3), temperature DOUBLE, pressure DOUBLE,
                  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
                ) WITH (
                  'connector' = 'kafka', 'topic' = 'readings', 'format' = 'json',
                  'properties.bootstrap.servers' = '%s',
                  'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');
                INSERT INTO readings VALUES
                %s;
                %s
                """
                .formatted(
                        jar,
                        tables.replace("localhost:9092", brokers),
                        bounded,
                        brokers,
                        rows,
                        documented());
    }

    private static String documented() throws Exception {
        Matcher statements = STATEMENTS.matcher(file("docs/sql.md"));
        StringBuilder all = new StringBuilder();
        int blocks = 0;
        while (statements.find()) {
            all.append(statements.group(1)).append('\n');
            blocks++;
        }
        assertThat(blocks).as("the document's pieces of SQL").isGreaterThanOrEqualTo(2);
        return all.toString();
    }

    private static JavaProcess gateway(int port) throws Exception {
        JavaProcess gateway =
                flink(
                        "gateway",
                        "org.apache.flink.table.gateway.SqlGateway",
                        "-Dsql-gateway.endpoint.rest.address=localhost",
                        "-Dsql-gateway.endpoint.rest.port=" + port);
        long giveUp = System.nanoTime() + START_PATIENCE.toNanos();
        while (!listens(port)) {
            assertThat(System.nanoTime()).as(gateway.log()).isLessThan(giveUp);
            Thread.sleep(200);
        }
        return gateway;
    }

    private static JavaProcess client(int port, Path script) throws Exception {
        return flink(
                "client",
                "org.apache.flink.table.client.SqlClient",
                "gateway",
                "-e",
                "localhost:" + port,
                "-hist",
                folder.resolve("history").toString(),
                "-f",
                script.toString());
    }

    private static JavaProcess flink(String name, String... command) throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("config.yaml"), "execution.target: local\n");
        return JavaProcess.start(
                folder,
                name,
                flinkAlone(),
                Map.of("FLINK_CONF_DIR", conf.toString(), "TERM", "dumb"),
                List.of(command));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** This test's class path without anything of Oxbow's or Kafka's. */
    private static String flinkAlone() {
        Path project = ProjectFiles.named("");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).startsWith(project))
                .filter(entry -> !Path.of(entry).getFileName().toString().contains("kafka"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String file(String name) throws Exception {
        return Files.readString(ProjectFiles.named(name));
    }
}
