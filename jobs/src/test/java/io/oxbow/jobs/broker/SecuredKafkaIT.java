package io.oxbow.jobs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.jobs.process.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Job, ingest, questions and page as the user starts them, each a process, over TLS and SCRAM, set
 * up by plain properties of Kafka's clients; and whatever they print, no password is in it.
 */
class SecuredKafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern WEB = Pattern.compile("\"web\":\"(http[^\"]+)\"");
    private static final Pattern PAGE = Pattern.compile("\"page\":\"(http[^\"]+)\"");
    private static final Pattern JOB = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");

    @TempDir private static Path folder;
    private static String password;
    private static TlsStores stores;
    private static SecuredBroker broker;
    private static Path config;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        password = random();
        stores = TlsStores.make(folder, random());
        broker = SecuredBroker.start(folder, stores, password);
        config = config("oxbow.yaml", password);
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void everyProgramConnectsAndNoneTellsThePassword() throws Exception {
        List<JavaProcess> all = new ArrayList<>();
        try (JavaProcess run = oxbow("run", config, "run", "--verbose", "--parallelism", "1");
                JavaProcess console = oxbow("console", config, "console", "--verbose")) {
            all.add(run);
            all.add(console);
            String started = run.awaitOutput("\"started\"", PATIENCE);
            Path table = folder.resolve("readings.csv");
            Files.writeString(table, readings(300));
            JavaProcess ingest =
                    oxbow(
                            "ingest",
                            config,
                            "ingest",
                            "csv",
                            table.toString(),
                            "--stream",
                            "rig",
                            "--time-column",
                            "at",
                            "--verbose");
            all.add(ingest);
            assertThat(ingest.await(PATIENCE)).as(ingest.log()).isZero();
            assertThat(ingest.output()).contains("\"events\":300");

            JavaProcess ask = oxbow("ask", config, "ask", "rig", "status", "--verbose");
            all.add(ask);
            assertThat(ask.await(PATIENCE)).as(ask.log()).isZero();
            assertThat(ask.output()).contains("\"framesReRead\":0", "\"streamId\":\"rig\"");

            String page = find(PAGE, console.awaitOutput("\"serving\"", PATIENCE));
            awaitStream(page + "/api/stream?id=rig");

            String web = find(WEB, started);
            String job = find(JOB, get(web + "/jobs"));
            List<String> flinksPages = new ArrayList<>();
            for (String path :
                    List.of(
                            "/jobmanager/config",
                            "/jobmanager/environment",
                            "/jobs/" + job,
                            "/jobs/" + job + "/config",
                            "/jobs/" + job + "/jobmanager/config")) {
                flinksPages.add(get(web + path));
            }
            assertNoSecrets(String.join("\n", flinksPages));
        }
        StringBuilder said = new StringBuilder();
        for (JavaProcess process : all) {
            said.append(process.output()).append(process.log());
        }
        assertNoSecrets(said.toString());
        // Kafka's clients do tell their properties: without that the absence would mean nothing.
        assertThat(said.indexOf("ssl.truststore.password = [hidden]")).isPositive();
    }

    /** The broker has no other door, so whoever got an answer had to log in. */
    @Test
    void nobodyIsLetInWithoutLogin() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        properties.setProperty("request.timeout.ms", "3000");
        properties.setProperty("default.api.timeout.ms", "5000");
        try (Admin admin = Admin.create(properties)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        properties.setProperty("security.protocol", "SSL");
        properties.setProperty("ssl.truststore.type", "PKCS12");
        properties.setProperty("ssl.truststore.location", stores.trust().toString());
        properties.setProperty("ssl.truststore.password", stores.password());
        try (Admin admin = Admin.create(properties)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .hasCauseInstanceOf(KafkaException.class);
        }
    }

    @Test
    void whoForgetsTheLoginIsToldWhatToSet() throws Exception {
        Path open =
                Files.writeString(
                        folder.resolve("open.yaml"),
                        "oxbow.kafka.bootstrap-servers: " + broker.bootstrapServers() + "\n");
        try (JavaProcess ask = oxbow("open", open, "ask", "rig", "status")) {
            assertThat(ask.await(PATIENCE)).isEqualTo(2);
            assertThat(ask.log()).contains("oxbow.kafka.properties.security.protocol");
        }
    }

    @Test
    void whomNobodyTrustsIsToldWhereTrustIs() throws Exception {
        String text = Files.readString(config).replace(stores.trust().toString(), "/no/such.p12");
        Path stray = Files.writeString(folder.resolve("stray.yaml"), text);
        try (JavaProcess ask = oxbow("stray", stray, "ask", "rig", "status")) {
            assertThat(ask.await(PATIENCE)).isEqualTo(2);
            assertThat(ask.log()).contains("oxbow.kafka.properties", "/no/such.p12");
            assertNoSecrets(ask.log());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "ingest", "run"})
    void aWrongPasswordIsRefusedInASentence(String program) throws Exception {
        String wrong = random();
        Path mistaken = config("wrong-" + program + ".yaml", wrong);
        Path table = folder.resolve("few-" + program + ".csv");
        Files.writeString(table, readings(3));
        List<String> arguments =
                switch (program) {
                    case "ask" -> List.of("ask", "rig", "status");
                    case "run" -> List.of("run");
                    default ->
                            List.of(
                                    "ingest",
                                    "csv",
                                    table.toString(),
                                    "--stream",
                                    "rig",
                                    "--time-column",
                                    "at");
                };
        try (JavaProcess process =
                oxbow("wrong-" + program, mistaken, arguments.toArray(String[]::new))) {
            assertThat(process.await(PATIENCE)).as(process.log()).isEqualTo(2);
            assertThat(process.log())
                    .contains(
                            "Authentication failed",
                            broker.bootstrapServers(),
                            "oxbow.kafka.properties.sasl.jaas.config")
                    .doesNotContain(wrong, "\tat ");
        }
    }

    private static void assertNoSecrets(String text) {
        for (String secret : List.of(password, stores.password())) {
            // Not with the text in the message: it would print the password.
            assertThat(text.contains(secret)).as("a password is in the output").isFalse();
        }
    }

    private static Path config(String name, String password) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                """
                oxbow:
                  model.input-dim: 1
                  kafka:
                    bootstrap-servers: %s
                    properties:
                      security.protocol: SASL_SSL
                      sasl.mechanism: SCRAM-SHA-256
                      sasl.jaas.config: >-
                        org.apache.kafka.common.security.scram.ScramLoginModule required
                        username="%s" password="%s";
                      ssl.truststore.type: PKCS12
                      ssl.truststore.location: %s
                      ssl.truststore.password: %s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                SecuredBroker.USER,
                                password,
                                stores.trust(),
                                stores.password()));
    }

    private static JavaProcess oxbow(String name, Path config, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add("io.oxbow.jobs.cli.OxbowCli");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--json", "--config", config.toString()));
        return JavaProcess.start(folder, name, command);
    }

    private static String readings(int rows) {
        StringBuilder text = new StringBuilder("at,value\n");
        for (int i = 0; i < rows; i++) {
            text.append(1_788_336_000_000L + 1_000L * i).append(',').append(i % 7).append('\n');
        }
        return text.toString();
    }

    private void awaitStream(String address) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (status(address) != 200) {
            assertThat(System.nanoTime()).as("the page never saw the stream").isLessThan(giveUp);
            Thread.sleep(200);
        }
    }

    private int status(String address) throws Exception {
        return send(address).statusCode();
    }

    private String get(String address) throws Exception {
        HttpResponse<String> response = send(address);
        assertThat(response.statusCode()).as(address).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> send(String address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String random() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
