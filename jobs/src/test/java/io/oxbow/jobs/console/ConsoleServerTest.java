package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.local.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleServerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final long now = System.currentTimeMillis();
    private final SyntheticFleet fleet = new SyntheticFleet(20, 5, now, null);
    private final StreamBoard board = new StreamBoard(Clock.systemUTC());
    private final Link link = new Link(Clock.systemUTC(), "broker:9092");
    private final HttpClient client = HttpClient.newHttpClient();
    private ConsoleServer server;

    @BeforeEach
    void serve() throws IOException {
        server =
                new ConsoleServer(
                        ConsoleAddress.local(FreePort.of(ConsoleAddress.LOOPBACK)),
                        board,
                        link,
                        new Questions(new Configuration()));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void servesThePageAndEveryFileItNames() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        List<String> named = new ArrayList<>(matches("(?:href|src)=\"(/[^\"#]+)\"", page.body()));
        int seen = 0;
        while (seen < named.size()) {
            HttpResponse<String> file = get(named.get(seen++));
            assertThat(file.statusCode()).as(file.uri().toString()).isEqualTo(200);
            for (String module : matches("from '\\.(/[^']+)'", file.body())) {
                if (!named.contains(module)) {
                    named.add(module);
                }
            }
            assertThat(file.body()).as("needs no network").doesNotContain("https://");
        }
        assertThat(named).contains("/console.css", "/app.js", "/strips.js", "/chart.js");
    }

    @Test
    void noPathLeadsOutOfThePage() throws Exception {
        for (String path :
                List.of(
                        "/../pom.xml",
                        "/..%2f..%2fetc/passwd",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/console.css/../../Console.class",
                        "//etc/passwd",
                        "/Console.class",
                        "/io/oxbow/jobs/console/index.html",
                        "/index.html%00.js",
                        "/api")) {
            String reply =
                    raw(
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(reply).as(path).containsPattern("^HTTP/1.1 (404|400) ");
        }
    }

    @Test
    void answersToThisMachinesNamesOnly() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:99\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void aPageElsewhereCannotAsk() throws Exception {
        String body = "{\"streamId\":\"a\",\"kind\":\"status\"}";
        assertThat(post("/api/ask", body, "text/plain").statusCode()).isEqualTo(415);
        String reply =
                raw(
                        "POST /api/ask HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Origin: http://evil.example\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Connection: close\r\n"
                                + "Content-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body);
        assertThat(reply).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void badRequestsGetASentence() throws Exception {
        for (String body :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{",
                        "{}",
                        "{\"streamId\":\"a\"}",
                        "{\"streamId\":\"a\",\"kind\":\"history\",\"from\":5,\"to\":4}",
                        "{\"streamId\":\"a\",\"kind\":\"history\",\"from\":\"x\"}")) {
            HttpResponse<String> reply = post("/api/ask", body, "application/json");
            assertThat(reply.statusCode()).as(body).isEqualTo(400);
            assertThat(MAPPER.readTree(reply.body()).get("error").asText()).isNotBlank();
        }
        assertThat(post("/api/ask", "x".repeat(70_000), "application/json").statusCode())
                .isEqualTo(413);
        assertThat(
                        post("/api/watch", "{\"page\":\"p\",\"zoom\":\"day\",\"streams\":[1]}")
                                .statusCode())
                .isEqualTo(410);
        assertThat(get("/api/stream?id=nobody").statusCode()).isEqualTo(404);
        assertThat(get("/api/stream").statusCode()).isEqualTo(400);
        assertThat(post("/index.html", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void whileKafkaIsAwayNothingIsAsked() throws Exception {
        link.state(Link.State.LOST);
        HttpResponse<String> reply = post("/api/ask", "{\"streamId\":\"a\",\"kind\":\"status\"}");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body()).contains("Kafka does not answer");
    }

    @Test
    void aPageIsSentWhatChanged() throws Exception {
        board.add(fleet.inference(1, now - 1_000, 1, Health.OK));
        try (Events events = new Events()) {
            JsonNode hello = events.next("hello");
            JsonNode first = events.next("tick");
            assertThat(first.get("streams").asInt()).isEqualTo(1);
            assertThat(first.get("lines").get(0).get("id").asText()).isEqualTo(fleet.name(1));
            assertThat(first.get("link").get("broker").asText()).isEqualTo("broker:9092");

            JsonNode strips =
                    MAPPER.readTree(
                            post(
                                            "/api/watch",
                                            "{\"page\":\""
                                                    + hello.get("page").asText()
                                                    + "\",\"zoom\":\"hour\",\"streams\":[0,7,-1]}")
                                    .body());
            assertThat(strips.get("strips")).hasSize(1);
            assertThat(strips.get("strips").get(0).get("v")).hasSize(Zoom.HOUR.cells());

            board.add(fleet.inference(1, now, 2, Health.OK));
            board.add(fleet.novelty(2, now, now, Anomaly.Phase.OPEN));
            JsonNode tick = events.next("tick");
            while (tick.get("alerts").isEmpty()) {
                tick = events.next("tick");
            }
            assertThat(tick.get("lines")).hasSize(1);
            assertThat(tick.get("lines").get(0).get("id").asText()).isEqualTo(fleet.name(2));
            assertThat(tick.get("alerts").get(0).get("text").asText()).contains("unusual");
            assertThat(tick.get("strips")).hasSize(1);
            assertThat(tick.get("strips").get(0).get("v").size()).isLessThan(10);
        }
    }

    @Test
    void manyPagesMakePlaceForNewOnes() throws Exception {
        List<Events> pages = new ArrayList<>();
        try {
            for (int i = 0; i < LivePages.MOST + 3; i++) {
                Events page = new Events();
                page.next("hello");
                pages.add(page);
            }
            assertThat(pages.get(pages.size() - 1).next("tick")).isNotNull();
            assertThat(get("/").statusCode()).isEqualTo(200);
        } finally {
            for (Events page : pages) {
                page.close();
            }
        }
    }

    @Test
    void aStreamsPageHasAllThatIsKnown() throws Exception {
        board.add(fleet.summary(4, "hour", now - now % 3_600_000 - 3_600_000, 12, 300_000));
        HttpRequest request =
                HttpRequest.newBuilder(server.address().resolve("/api/stream?id=" + fleet.name(4)))
                        .header("Accept-Encoding", "gzip")
                        .build();
        HttpResponse<InputStream> reply =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
        JsonNode detail = MAPPER.readTree(new GZIPInputStream(reply.body()));
        assertThat(detail.get("summaries").get(0).get("text").asText()).contains("made up");
        assertThat(detail.get("curves").get("day").get("v")).hasSize(Zoom.DAY.cells());
        assertThat(detail.get("curves").get("week").get("step").asLong()).isEqualTo(3_600_000);
    }

    @Test
    void aTakenPortIsToldWithItsMend() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(
                            () ->
                                    new ConsoleServer(
                                            ConsoleAddress.local(taken.getLocalPort()),
                                            board,
                                            link,
                                            new Questions(new Configuration())))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining(":" + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
            assertThatThrownBy(
                            () ->
                                    Console.mustBeFree(
                                            ConsoleAddress.local(server.address().getPort())))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void aPortFoundFreeIsFreeAfterwards() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = once.getLocalPort();
        }
        ConsoleAddress address = ConsoleAddress.local(port);
        Console.mustBeFree(address);
        try (ConsoleServer page =
                new ConsoleServer(address, board, link, new Questions(new Configuration()))) {
            assertThat(page.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void anAddressThatIsNotOursIsToldToo() {
        assertThatThrownBy(
                        () ->
                                new ConsoleServer(
                                        new ConsoleAddress("192.0.2.1", 8484),
                                        board,
                                        link,
                                        new Questions(new Configuration())))
                .isInstanceOf(UserMistake.class);
    }

    /** One open page's events. */
    private final class Events implements AutoCloseable {
        private final BufferedReader lines;

        Events() throws Exception {
            HttpRequest request =
                    HttpRequest.newBuilder(server.address().resolve("/api/live")).build();
            HttpResponse<InputStream> reply =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(reply.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
        }

        JsonNode next(String event) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.equals("event: " + event)) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            return MAPPER.readTree(lines.readLine().substring("data: ".length()));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body, "application/json");
    }

    private HttpResponse<String> post(String path, String body, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.address().resolve(path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> matches(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
