package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.OxbowTopics;
import java.nio.file.Path;
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

    private static WatchedFleet watched;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        watched = WatchedFleet.start(BrokerLossIT.class, STREAMS, 7, folder);
        browser = watched.browser();
        browser.open(watched.address());
        browser.await(
                "document.querySelector('#stream-count').textContent === '20'"
                        + " && /^Live/.test(document.querySelector('#pulse-text').textContent)");
    }

    @AfterAll
    static void end() throws Exception {
        if (watched != null) {
            watched.close();
        }
    }

    @Test
    @Order(1)
    void goesOnWithTheSameRecordsAndSaysThatNothingWasLost() throws Exception {
        takeAway();
        assertThat(banner()).contains("has not answered since");

        watched.bringBroker(folder);
        browser.await("/Kafka was away from/.test(document.querySelector('#banner').innerText)");
        assertThat(banner()).contains("Nothing was lost");
        showsAnAlertOf(2);
    }

    @Test
    @Order(2)
    void saysWhichTopicsItCameBackWithout() throws Exception {
        takeAway();

        watched.bringBroker(empty);
        browser.await("/are no longer on Kafka/.test(document.querySelector('#banner').innerText)");
        assertThat(banner())
                .contains("oxbow.summaries")
                .contains("what is shown stays")
                .doesNotContain("Nothing was lost");
        assertThat(rows()).isPositive();

        OxbowTopics.createMissing(watched.options());
        showsAnAlertOf(3);
    }

    private static void takeAway() throws Exception {
        watched.takeBrokerAway();
        browser.await("/does not answer/.test(document.querySelector('#pulse-text').textContent)");
        assertThat(rows()).as("what was known is still shown").isPositive();
    }

    private static void showsAnAlertOf(int stream) throws Exception {
        EventProducer producer = watched.producer();
        producer.send(
                EventMappings.ANOMALY,
                watched.fleet().illness(stream, "covered", System.currentTimeMillis()));
        producer.flush();
        browser.await(
                "document.querySelector('#feed .alert-line a').textContent === '"
                        + watched.fleet().name(stream)
                        + "'");
    }

    private static String banner() throws Exception {
        return browser.eval("document.querySelector('#banner').innerText").asText();
    }

    private static int rows() throws Exception {
        return browser.eval("document.querySelectorAll('.row').length").asInt();
    }
}
