package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

    private static WatchedFleet watched;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        watched = WatchedFleet.start(ConsoleIT.class, STREAMS, 11, folder);
        browser = watched.browser();
    }

    @AfterAll
    static void end() throws Exception {
        if (watched != null) {
            watched.close();
        }
    }

    @Test
    @Order(1)
    void showsEveryStreamAndDrawsOnlyWhatIsOnTheScreen() throws Exception {
        browser.open(watched.address());
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
        try (StandInJob job = StandInJob.start(watched.options(), watched.present())) {
            ask(watched.fleet().name(1), "history");
            browser.await("/frames re-read/.test(document.querySelector('.reply').innerText)");
            assertThat(reply())
                    .contains("All was quiet.")
                    .containsPattern("answered in \\d+ ms")
                    .contains("frames re-read: 0");

            ask("gate-*", "peaks");
            browser.await("document.querySelectorAll('.ranking li').length === 2");
            assertThat(reply())
                    .contains("2 of 3 streams answered; the rarest moment first.")
                    .containsSubsequence("gate-2", "1 in 1,000,000", "gate-1", "1 in 100")
                    .contains("Did not answer in time: gate-3.")
                    .contains("frames re-read: 0");
            browser.eval("document.querySelector('.ranking summary').focus()");
            browser.press("Enter", 13);
            browser.await("/gate-2 shook/.test(document.querySelector('.reply').innerText)");
            assertThat(job.answered()).isEqualTo(2);
        }
    }

    @Test
    @Order(6)
    void aStreamsPageIsWalkedThroughByKeys() throws Exception {
        try (StandInJob job = StandInJob.start(watched.options(), watched.present())) {
            browser.open(URI.create("about:blank"));
            // The pages before have asked when nobody answered.
            browser.complaints();
            browser.open(URI.create(watched.address() + "/#/stream/" + watched.fleet().name(1)));
            browser.await("document.querySelectorAll('.curve').length === 2");
            assertThat(browser.named("heading"))
                    .contains("Activity", "Remembered", "Novelty", "motion, middle", "Its week");
            browser.await("/frames re-read: 0/.test(document.querySelector('.note').innerText)");

            browser.eval("document.querySelector('.chart').focus()");
            browser.press("End", 35);
            browser.await("/activity/.test(document.querySelector('.chart').ariaValueText)");
            String last = spoken();
            browser.press("ArrowLeft", 37);
            browser.await(spokenIsNot(last));

            browser.press("Escape", 27);
            browser.eval("document.querySelector('.peaks button').focus()");
            browser.press("Enter", 13);
            browser.await("!document.querySelector('.picked').hidden");
            assertThat(browser.eval("document.querySelector('.picked').innerText").asText())
                    .contains("motion, middle", "one event in 1,000,000", "score 0.9");
            browser.eval("document.querySelector('.picked button').click()");
            browser.await("document.querySelector('.picked').hidden");
            assertThat(job.answered()).as("history, baseline, forecast").isEqualTo(3);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(7)
    void fitsEveryScreen() throws Exception {
        for (int width : new int[] {1280, 390}) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.size(width, 844);
                browser.media(dark, width == 390);
                for (String page : List.of("/", "/#/stream/" + watched.fleet().name(1))) {
                    browser.open(URI.create("about:blank"));
                    browser.open(URI.create(watched.address() + page));
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

    private static void ask(String whom, String kind) throws Exception {
        browser.eval(
                "document.querySelector('#ask input').value = '"
                        + whom
                        + "'; document.querySelector('#ask select').value = '"
                        + kind
                        + "'; document.querySelector('#ask form').requestSubmit()");
    }

    private static String reply() throws Exception {
        return browser.eval("document.querySelector('.reply').innerText").asText();
    }

    private static String spoken() throws Exception {
        return browser.eval("document.querySelector('.chart').ariaValueText").asText();
    }

    private static String spokenIsNot(String said) {
        return "document.querySelector('.chart').ariaValueText !== '" + said + "'";
    }
}
