package io.oxbow.jobs.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that wants TLS and a password (SCRAM-SHA-256) of its clients. A second listener without
 * either is there only for making the user.
 */
final class SecuredBroker implements AutoCloseable {
    static final String USER = "oxbow-job";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int securePort;

    private SecuredBroker(Process process, int securePort) {
        this.process = process;
        this.securePort = securePort;
    }

    static SecuredBroker start(Path folder, TlsStores stores, String password) throws Exception {
        int port = freePort();
        int controllerPort = freePort();
        int securePort = freePort();
        Path file = folder.resolve("server.properties");
        // In a properties file the last of two values counts.
        Files.writeString(
                file,
                BrokerProperties.text(port, controllerPort, folder.resolve("data"))
                        + secured(port, controllerPort, securePort, stores));
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
                        .redirectOutput(folder.resolve("broker.log").toFile())
                        .start();
        SecuredBroker broker = new SecuredBroker(process, securePort);
        try {
            addUser(port, password);
            return broker;
        } catch (Exception e) {
            broker.close();
            throw new IOException(Files.readString(folder.resolve("broker.log")), e);
        }
    }

    String bootstrapServers() {
        return BrokerProperties.HOST + ":" + securePort;
    }

    @Override
    public void close() {
        // Nothing of it is wanted any more.
        process.destroyForcibly().onExit().join();
    }

    private static String secured(int port, int controllerPort, int securePort, TlsStores stores) {
        String host = "://" + BrokerProperties.HOST + ":";
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "listeners",
                "PLAINTEXT"
                        + (host + port)
                        + ",SECURE"
                        + (host + securePort)
                        + ",CONTROLLER"
                        + (host + controllerPort));
        properties.put(
                "advertised.listeners",
                "PLAINTEXT" + (host + port) + ",SECURE" + (host + securePort));
        properties.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        properties.put(
                "listener.name.secure.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", stores.keys());
        properties.put("ssl.keystore.password", stores.password());
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static void addUser(int port, String password) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", BrokerProperties.HOST + ":" + port);
        properties.setProperty("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            USER,
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_256, 4096),
                                            password)))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket =
                new ServerSocket(0, 1, InetAddress.getByName(BrokerProperties.HOST))) {
            return socket.getLocalPort();
        }
    }
}
