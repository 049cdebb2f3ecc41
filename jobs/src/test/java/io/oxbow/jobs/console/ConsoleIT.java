package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Timeline;
import io.oxbow.jobs.broker.BrokerSettings;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * The page in a real browser over a real broker, with the results of five thousand streams. The
 * steps go on from one another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ConsoleIT {
    private static final int STREAMS = 5_000;

    @TempDir static Path folder;

    private static EmbeddedBroker broker;
    private static Configuration options;
    private static Console console;
    private static Chromium browser;
    private static SyntheticFleet fleet;
    private static EventProducer producer;
    private static long present;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.out.println("ConsoleIT skipped: there is no Chromium on the path");
        }
        assumeTrue(program.isPresent());
        broker = EmbeddedBroker.start(BrokerSettings.ephemeral().withFolder(folder));
        options = new Configuration();
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        OxbowTopics.createMissing(options);
        producer = new EventProducer(options);
        present = System.currentTimeMillis();
        fleet = new SyntheticFleet(STREAMS, 11, present, producer);
        fleet.writeWeek();
        fleet.writeEvents(0);
        console = Console.start(options, ConsoleAddress.usual());
        browser = Chromium.start(program.get());
        browser.size(1280, 860);
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
    void showsEveryStreamAndDrawsOnlyWhatIsOnTheScreen() throws Exception {
        browser.open(console.address());
        browser.await(
                "document.querySelector('#stream-count').textContent === '5,000'"
                        + " && /^Live/.test(document.querySelector('#pulse-text').textContent)");

        assertThat(browser.eval("document.querySelectorAll('.row').length").asInt())
                .isBetween(10, 40);
        browser.await(
                "document.querySelector('.row').parentNode.getAttribute('aria-setsize') ==="
                        + " '5000'");
        // The strip has been drawn: more than one colour in its middle.
        browser.await(
                "new Set(new Uint32Array(document.querySelector('.row-strip').getContext('2d')"
                        + ".getImageData(0, 30, 400, 1).data.buffer)).size > 8");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(2)
    void theListScrollsToItsEnd() throws Exception {
        browser.eval("document.querySelector('#list').scrollTop = 1e9");
        browser.await(
                "[...document.querySelectorAll('#list [aria-posinset]')]"
                        + ".some(r => r.getAttribute('aria-posinset') === '5000')");
        browser.eval("document.querySelector('#list').scrollTop = 0");
        double slowest =
                browser.eval(
                                """
                                new Promise(done => {
                                  const list = document.querySelector('#list');
                                  const gaps = [];
                                  let last = performance.now();
                                  const step = now => {
                                    gaps.push(now - last);
                                    last = now;
                                    list.scrollTop += 180;
                                    if (gaps.length < 120) requestAnimationFrame(step);
                                    else done(gaps.sort((a, b) => a - b)[Math.floor(gaps.length * .9)]);
                                  };
                                  requestAnimationFrame(step);
                                })\
                                """)
                        .asDouble();
        System.out.printf("nine of ten frames while scrolling: under %.0f ms%n", slowest);
        assertThat(slowest).as("no frame waits for all rows").isLessThan(250);
    }

    @Test
    @Order(3)
    void isUsableByKeyboardAndScreenReader() throws Exception {
        browser.eval("document.querySelector('#list').scrollTop = 0");
        browser.await("document.querySelector('.row[tabindex=\"0\"]')");
        browser.eval("document.querySelector('.row[tabindex=\"0\"]').focus()");
        String first = browser.eval("document.activeElement.stream.id").asText();
        browser.press("End", 35);
        browser.await("document.activeElement.stream && document.activeElement.position === 4999");
        browser.press("Home", 36);
        browser.await("document.activeElement.stream && document.activeElement.position === 0");
        assertThat(browser.eval("document.activeElement.stream.id").asText()).isEqualTo(first);
        browser.press("ArrowDown", 40);
        browser.await("document.activeElement.position === 1");
        String second = browser.eval("document.activeElement.stream.id").asText();

        assertThat(browser.named("listitem")).isNotEmpty();
        assertThat(browser.named("link"))
                .anyMatch(name -> name.startsWith(second + ", ") && name.contains("activity"));
        assertThat(browser.named("heading")).contains("Streams", "Alerts", "Ask");
        assertThat(browser.named("radio")).containsExactly("Hour", "Day", "Week");
        for (String role : List.of("button", "textbox", "combobox", "searchbox", "link")) {
            assertThat(browser.named(role)).as(role).doesNotContain("");
        }
        assertThat(browser.eval("document.querySelector('#announce').ariaLive").asText())
                .isEqualTo("polite");

        browser.press("Enter", 13);
        browser.await("document.querySelector('#stream h1')");
        assertThat(browser.eval("document.querySelector('#stream h1').textContent").asText())
                .isEqualTo(second);
        assertThat(browser.eval("document.activeElement.tagName").asText()).isEqualTo("H1");
        browser.eval("history.back()");
        browser.await("!document.querySelector('#board').hidden");
    }

    @Test
    @Order(4)
    void findsAStreamByPartOfItsName() throws Exception {
        browser.eval(
                "const f = document.querySelector('#find'); f.value = 'dock-77';"
                        + "f.dispatchEvent(new Event('input'))");
        browser.await("document.querySelectorAll('.row').length === 1");
        assertThat(browser.eval("document.querySelector('.row-id').textContent").asText())
                .isEqualTo("dock-77");
        browser.eval("f.value = 'nowhere'; f.dispatchEvent(new Event('input'))");
        browser.await("/No stream is called like/.test(document.body.innerText)");
        browser.eval("f.value = ''; f.dispatchEvent(new Event('input'))");
    }

    @Test
    @Order(5)
    void asksAndShowsWhatItCost() throws Exception {
        Thread job = new Thread(() -> answerOnce());
        job.start();
        browser.eval(
                "const s = document.querySelector('#ask input'); s.value = '"
                        + fleet.name(1)
                        + "'; document.querySelector('#ask select').value = 'history';"
                        + "document.querySelector('#ask form').requestSubmit()");
        browser.await("/frames re-read/.test(document.querySelector('.reply').innerText)");
        assertThat(browser.eval("document.querySelector('.reply').innerText").asText())
                .contains("All was quiet.")
                .containsPattern("answered in \\d+ ms")
                .contains("frames re-read: 0");
        job.join();
    }

    @Test
    @Order(6)
    void fitsEveryScreen() throws Exception {
        for (int width : new int[] {1280, 390}) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.size(width, 844);
                browser.media(dark, width == 390);
                for (String page : List.of("/", "/#/stream/" + fleet.name(1))) {
                    browser.open(java.net.URI.create("about:blank"));
                    browser.open(java.net.URI.create(console.address() + page));
                    browser.await(
                            page.equals("/")
                                    ? "document.querySelector('.row')"
                                    : "document.querySelector('.facts b')");
                    assertThat(browser.eval("document.documentElement.scrollWidth").asInt())
                            .as("no sideways scrolling of %s at %d", page, width)
                            .isLessThanOrEqualTo(width);
                    assertThat(browser.screenshot()).hasSizeGreaterThan(10_000);
                }
            }
        }
        browser.size(1280, 860);
        browser.media(false, false);
    }

    @Test
    @Order(7)
    void survivesABrokersRestartAndSaysWhatWasLost() throws Exception {
        browser.open(java.net.URI.create("about:blank"));
        browser.open(console.address());
        browser.await("/^Live/.test(document.querySelector('#pulse-text').textContent)");
        producer.close();
        producer = null;
        broker.close();
        browser.await("/does not answer/.test(document.querySelector('#pulse-text').textContent)");
        assertThat(browser.eval("document.querySelector('#banner').innerText").asText())
                .contains("has not answered since");
        assertThat(browser.eval("document.querySelectorAll('.row').length").asInt())
                .as("what was known is still shown")
                .isPositive();

        broker =
                EmbeddedBroker.start(
                        BrokerSettings.ephemeral().withFolder(folder).withPort(broker.port()));
        producer = new EventProducer(options);
        browser.await("/^Live/.test(document.querySelector('#pulse-text').textContent)");
        assertThat(browser.eval("document.querySelector('#banner').innerText").asText())
                .contains("Kafka was away from")
                .contains("Nothing was lost");

        producer.send(
                EventMappings.ANOMALY, fleet.illness(2, "covered", System.currentTimeMillis()));
        producer.flush();
        browser.await(
                "document.querySelector('#feed .alert-line a').textContent === '"
                        + fleet.name(2)
                        + "'");
    }

    /** Stands in for a job. */
    private static void answerOnce() {
        try (EventReader<Query> queries = EventReader.fromNow(EventMappings.QUERY, options);
                EventProducer answers = new EventProducer(options)) {
            for (int polls = 0; polls < 200; polls++) {
                for (Query query : queries.poll(Duration.ofMillis(200))) {
                    answers.send(EventMappings.ANSWER, answer(query));
                    answers.flush();
                    return;
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Answer answer(Query query) {
        return new Answer(
                query.queryId(),
                query.streamId(),
                "",
                query.kind(),
                "ok",
                present - 3_600_000,
                present,
                present,
                1_234,
                new Timeline(present - 3_600_000, 1_200_000, new float[] {1, 2, 1.5f}, 0.1f, 0.2f),
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "All was quiet.",
                "");
    }
}
