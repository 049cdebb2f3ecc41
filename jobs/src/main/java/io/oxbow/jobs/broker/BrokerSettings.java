package io.oxbow.jobs.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an {@link EmbeddedBroker} is started.
 *
 * @param host address of this machine where it listens
 * @param port of that address, or {@link #ANY_PORT}
 * @param folder where it keeps its data across starts; empty for a folder that is deleted at the
 *     end
 * @param patience how long its start may take
 */
public record BrokerSettings(String host, int port, Optional<Path> folder, Duration patience) {
    public static final int ANY_PORT = 0;

    /** Any free port of the loopback interface, nothing kept, two minutes to start. */
    public static BrokerSettings ephemeral() {
        return new BrokerSettings(
                BrokerProperties.HOST, ANY_PORT, Optional.empty(), Duration.ofMinutes(2));
    }

    public BrokerSettings withHost(String host) {
        return new BrokerSettings(host, port, folder, patience);
    }

    public BrokerSettings withPort(int port) {
        return new BrokerSettings(host, port, folder, patience);
    }

    public BrokerSettings withFolder(Path folder) {
        return new BrokerSettings(host, port, Optional.of(folder), patience);
    }
}
