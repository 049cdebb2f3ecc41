package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oxbow.jobs.broker.BrokerSettings;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page in a real browser, whose broker goes away and comes back. The steps go on from another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class BrokerLossIT {
    private static final int STREAMS = 20;

    @TempDir static Path folder;
    @TempDir static Path empty;

    private static EmbeddedBroker broker;
    private static Configuration options;
    private static Console console;
    private static Chromium browser;
    private static SyntheticFleet fleet;
    private static EventProducer producer;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.out.println("BrokerLossIT skipped: there is no Chromium on the path");
        }
        assumeTrue(program.isPresent());
        broker = EmbeddedBroker.start(BrokerSettings.ephemeral().withFolder(folder));
        options = new Configuration();
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        OxbowTopics.createMissing(options);
        producer = new EventProducer(options);
        fleet = new SyntheticFleet(STREAMS, 7, System.currentTimeMillis(), producer);
        fleet.writeWeek();
        fleet.writeEvents(0);
        console = Console.start(options, ConsoleAddress.usual());
        browser = Chromium.start(program.get());
        browser.size(1280, 860);
        browser.open(console.address());
        browser.await(
                "document.querySelector('#stream-count').textContent === '20'"
                        + " && /^Live/.test(document.querySelector('#pulse-text').textContent)");
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {browser, console, producer, broker}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    @Order(1)
    void goesOnWithTheSameRecordsAndSaysThatNothingWasLost() throws Exception {
        takeAway();
        assertThat(banner()).contains("has not answered since");

        comeBack(folder);
        browser.await("/Kafka was away from/.test(document.querySelector('#banner').innerText)");
        assertThat(banner()).contains("Nothing was lost");
        showsAnAlertOf(2);
    }

    @Test
    @Order(2)
    void saysWhichTopicsItCameBackWithout() throws Exception {
        takeAway();

        comeBack(empty);
        browser.await("/are no longer on Kafka/.test(document.querySelector('#banner').innerText)");
        assertThat(banner())
                .contains("oxbow.summaries")
                .contains("what is shown stays")
                .doesNotContain("Nothing was lost");
        assertThat(rows()).isPositive();

        OxbowTopics.createMissing(options);
        showsAnAlertOf(3);
    }

    private static void takeAway() throws Exception {
        if (producer != null) {
            producer.close();
            producer = null;
        }
        broker.close();
        browser.await("/does not answer/.test(document.querySelector('#pulse-text').textContent)");
        assertThat(rows()).as("what was known is still shown").isPositive();
    }

    private static void comeBack(Path with) throws Exception {
        broker =
                EmbeddedBroker.start(
                        BrokerSettings.ephemeral().withFolder(with).withPort(broker.port()));
    }

    private static void showsAnAlertOf(int stream) throws Exception {
        producer = new EventProducer(options);
        producer.send(
                EventMappings.ANOMALY,
                fleet.illness(stream, "covered", System.currentTimeMillis()));
        producer.flush();
        browser.await(
                "document.querySelector('#feed .alert-line a').textContent === '"
                        + fleet.name(stream)
                        + "'");
    }

    private static String banner() throws Exception {
        return browser.eval("document.querySelector('#banner').innerText").asText();
    }

    private static int rows() throws Exception {
        return browser.eval("document.querySelectorAll('.row').length").asInt();
    }
}
