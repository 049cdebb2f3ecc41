package io.oxbow.jobs.broker;

import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.local.FreePort;
import io.oxbow.jobs.local.ProcessPause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker in a process of its own, on this machine: one KRaft node with transactions,
 * good for a demo and for tests, not for data that matter.
 *
 * <p>It needs {@code kafka_2.13} on this process's class path, which becomes the child's. However
 * this process ends, the child ends too; a folder that was not given is deleted then.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    private static final int LOG_LINES_SHOWN = 12;
    private static final int START_ATTEMPTS = 3;
    private static final String LOG_CONFIGURATION = "io/oxbow/jobs/broker/broker-log4j2.xml";

    private final Process process;
    private final String host;
    private final int port;
    private final Path folder;
    private final boolean keepsFolder;

    private EmbeddedBroker(
            Process process, String host, int port, Path folder, boolean keepsFolder) {
        this.process = process;
        this.host = host;
        this.port = port;
        this.folder = folder;
        this.keepsFolder = keepsFolder;
    }

    /** Starts a broker on any free port that keeps nothing. */
    public static EmbeddedBroker start() throws IOException {
        return start(BrokerSettings.ephemeral());
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @throws UserMistake if the port is taken
     * @throws IOException if it does not start in time; the message has the end of its log
     */
    public static EmbeddedBroker start(BrokerSettings settings) throws IOException {
        if (settings.port() != BrokerSettings.ANY_PORT) {
            requireFree(settings.host(), settings.port());
            return launch(settings, settings.port());
        }
        IOException failure = null;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            try {
                return launch(settings, FreePort.of(settings.host()));
            } catch (PortLostException e) {
                // Somebody took the port between our looking and the broker's binding.
                failure = e;
            }
        }
        throw failure;
    }

    /** Where clients connect, as host:port. */
    public String bootstrapServers() {
        return host + ":" + port;
    }

    public int port() {
        return port;
    }

    /** What the broker says; gone after {@link #close} unless the folder was given. */
    public Path logFile() {
        return logFile(folder);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process by SIGKILL, as a crash would: nothing is written any more. */
    public synchronized void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops the process for a while: it hangs and comes back. */
    public void pause(Duration length) throws IOException, InterruptedException {
        ProcessPause.hold(process, length);
    }

    /** Ends the process and returns when it has ended. */
    @Override
    public synchronized void close() {
        try {
            // The end of its standard input tells the child to end.
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (!keepsFolder) {
                BrokerProcess.delete(folder);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedBroker launch(BrokerSettings settings, int port) throws IOException {
        boolean keepsFolder = settings.folder().isPresent();
        Path folder =
                keepsFolder
                        ? Files.createDirectories(settings.folder().get().toAbsolutePath())
                        : Files.createTempDirectory("oxbow-broker-");
        Path properties = folder.resolve("server.properties");
        Files.writeString(
                properties,
                BrokerProperties.text(
                        settings.host(),
                        port,
                        FreePort.of(settings.host()),
                        folder.resolve("data")));
        Process process =
                new ProcessBuilder(command(properties, keepsFolder ? null : folder))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(logFile(folder).toFile())
                        .start();
        EmbeddedBroker broker =
                new EmbeddedBroker(process, settings.host(), port, folder, keepsFolder);
        try {
            broker.awaitReady(settings.patience());
            return broker;
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static List<String> command(Path properties, Path doomed) {
        List<String> command = new ArrayList<>();
        // Ctrl-C reaches every process of the terminal, but the owner's last transactions need the
        // broker: when it ends is the owner's to say.
        command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms128m");
        command.add("-Xmx512m");
        command.add("-XX:+UseSerialGC");
        // Starts in half the time: what a small broker does is not worth C2's compilations.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.awt.headless=true");
        command.add("-Dlog4j2.configurationFile=classpath:" + LOG_CONFIGURATION);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(BrokerProcess.class.getName());
        command.add(properties.toString());
        if (doomed != null) {
            command.add(doomed.toString());
        }
        return command;
    }

    private void awaitReady(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!accepts()) {
            requireAlive();
            requireTime(deadline, patience);
            pause();
        }
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            long left = Math.max(1, deadline - System.nanoTime());
            admin.describeCluster().nodes().get(left, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            requireAlive();
            throw new IOException(tooSlow(patience), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void requireAlive() throws IOException {
        if (process.isAlive()) {
            return;
        }
        String end = endOfLog();
        String message =
                "The Kafka broker ended with code "
                        + process.exitValue()
                        + " instead of starting. The end of its log:\n"
                        + end;
        if (end.contains("Address already in use")) {
            throw new PortLostException(message);
        }
        throw new IOException(message);
    }

    private void requireTime(long deadline, Duration patience) throws IOException {
        if (System.nanoTime() - deadline > 0) {
            throw new IOException(tooSlow(patience));
        }
    }

    private String tooSlow(Duration patience) {
        return "The Kafka broker did not start within "
                + patience.toSeconds()
                + " seconds. The end of its log:\n"
                + endOfLog();
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(logFile());
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    private static Path logFile(Path folder) {
        return folder.resolve("broker.log");
    }

    private static void requireFree(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UserMistake(
                    "port "
                            + port
                            + " is taken by another program; stop it, or choose another port",
                    e);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PROBE_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("Starting the Kafka broker was interrupted.", e);
    }

    private static final class PortLostException extends IOException {
        private static final long serialVersionUID = 1L;

        PortLostException(String message) {
            super(message);
        }
    }
}
