package io.oxbow.jobs.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oxbow.jobs.broker.BrokerSettings;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** The page in a real browser, over a real broker with the results of a made-up fleet. */
@SuppressWarnings("try") // Closing waits for the browser, and may be interrupted.
final class WatchedFleet implements AutoCloseable {
    private final Configuration options = new Configuration();
    private final long present = System.currentTimeMillis();
    private EmbeddedBroker broker;
    private EventProducer producer;
    private SyntheticFleet fleet;
    private Console console;
    private Chromium browser;

    private WatchedFleet() {}

    /**
     * Skips the tests, and says so, where there is no browser.
     *
     * @param folder the broker's
     */
    static WatchedFleet start(Class<?> tests, int streams, long seed, Path folder)
            throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.out.println(
                    tests.getSimpleName() + " skipped: there is no Chromium on the path");
        }
        assumeTrue(program.isPresent());
        WatchedFleet watched = new WatchedFleet();
        try {
            watched.open(program.get(), streams, seed, folder);
        } catch (Exception | Error e) {
            watched.close();
            throw e;
        }
        return watched;
    }

    private void open(Path program, int streams, long seed, Path folder) throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.ephemeral().withFolder(folder));
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        OxbowTopics.createMissing(options);
        producer = new EventProducer(options);
        fleet = new SyntheticFleet(streams, seed, present, producer);
        fleet.writeWeek();
        fleet.writeEvents(0);
        console = Console.start(options, ConsoleAddress.usual());
        browser = Chromium.start(program);
        browser.size(1280, 860);
    }

    Configuration options() {
        return options;
    }

    /** When the fleet's results end. */
    long present() {
        return present;
    }

    SyntheticFleet fleet() {
        return fleet;
    }

    URI address() {
        return console.address();
    }

    Chromium browser() {
        return browser;
    }

    /** To the broker as it is now. */
    EventProducer producer() throws Exception {
        if (producer == null) {
            producer = new EventProducer(options);
        }
        return producer;
    }

    void takeBrokerAway() throws Exception {
        if (producer != null) {
            producer.close();
            producer = null;
        }
        broker.close();
    }

    /** At the same address; {@code folder} may be another's. */
    void bringBroker(Path folder) throws Exception {
        broker =
                EmbeddedBroker.start(
                        BrokerSettings.ephemeral().withFolder(folder).withPort(broker.port()));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {browser, console, producer, broker}) {
            if (part != null) {
                part.close();
            }
        }
    }
}
