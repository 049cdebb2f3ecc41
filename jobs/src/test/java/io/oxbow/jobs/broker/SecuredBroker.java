package io.oxbow.jobs.broker;

import io.oxbow.jobs.local.FreePort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.tools.StorageTool;

/**
 * A broker whose only door is TLS with a password (SCRAM-SHA-256): the users are written into its
 * folder when that is formatted, so nothing ever connects without.
 */
final class SecuredBroker implements AutoCloseable {
    static final String USER = "oxbow-job";

    private static final String OWN_USER = "broker";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private SecuredBroker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static SecuredBroker start(Path folder, TlsStores stores, String password) throws Exception {
        int port = FreePort.of(BrokerProperties.HOST);
        int controllerPort = FreePort.of(BrokerProperties.HOST);
        Path file = folder.resolve("server.properties");
        // In a properties file the last of two values counts.
        Files.writeString(
                file,
                BrokerProperties.text(
                                BrokerProperties.HOST, port, controllerPort, folder.resolve("data"))
                        + secured(port, controllerPort, stores, password));
        format(file, folder.resolve("format.log"), password);
        Path log = folder.resolve("broker.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlog4j2.configurationFile=classpath:io/oxbow/jobs/broker/broker-log4j2.xml",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerProcess.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        SecuredBroker broker = new SecuredBroker(process, port);
        try {
            broker.awaitStart(log);
            return broker;
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return BrokerProperties.HOST + ":" + port;
    }

    @Override
    public void close() {
        // Nothing of it is wanted any more.
        process.destroyForcibly().onExit().join();
    }

    private static String secured(int port, int controllerPort, TlsStores stores, String password) {
        String host = "://" + BrokerProperties.HOST + ":";
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("listeners", "SECURE" + host + port + ",CONTROLLER" + host + controllerPort);
        properties.put("advertised.listeners", "SECURE" + host + port);
        properties.put("listener.security.protocol.map", "SECURE:SASL_SSL,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "SECURE");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256");
        properties.put(
                "listener.name.secure.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + OWN_USER
                        + "\" password=\""
                        + password
                        + "\";");
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", stores.keys());
        properties.put("ssl.keystore.password", stores.password());
        properties.put("ssl.truststore.type", "PKCS12");
        properties.put("ssl.truststore.location", stores.trust());
        properties.put("ssl.truststore.password", stores.password());
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static void format(Path properties, Path log, String password) throws IOException {
        List<String> command = new ArrayList<>(List.of("format", "--config"));
        command.add(properties.toString());
        command.addAll(List.of("--cluster-id", "b3hib3ctbGFrZS1icm9rZQ"));
        for (String user : List.of(USER, OWN_USER)) {
            command.add("--add-scram");
            command.add("SCRAM-SHA-256=[name=%s,password=%s]".formatted(user, password));
        }
        try (PrintStream output = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
            if (StorageTool.execute(command.toArray(String[]::new), output) != 0) {
                throw new IOException(Files.readString(log));
            }
        }
    }

    private void awaitStart(Path log) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("Kafka Server started")) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                throw new IOException(Files.readString(log));
            }
            Thread.sleep(100);
        }
    }
}
