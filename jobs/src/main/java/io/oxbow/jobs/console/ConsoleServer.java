package io.oxbow.jobs.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oxbow.flink.event.Query;
import io.oxbow.jobs.cli.JsonLines;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves the page, its data and its questions over HTTP.
 *
 * <pre>
 * GET  /               the page, and its files by name
 * GET  /api/live       server-sent events: hello, then a tick a second
 * POST /api/watch      {page, zoom, streams}: the strips a page shows; answered with them
 * GET  /api/stream?id= all that is known of one stream
 * POST /api/ask        {streamId or group, kind, from, to, ...}: a question to the job
 * </pre>
 */
final class ConsoleServer implements AutoCloseable {
    private static final int THREADS = 12;
    private static final int WAITING = 256;
    private static final int BACKLOG = 64;
    private static final int MOST_WATCHED = 400;

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpServer server;
    private final ExecutorService threads;
    private final Web web;
    private final PageFiles files;
    private final LivePages pages;
    private final StreamBoard board;
    private final Link link;
    private final Questions questions;

    /** What a page asks to watch. */
    record Watch(String page, String zoom, int[] streams) {}

    /** A question, as a page asks it; times in milliseconds since the epoch, 0 for not given. */
    record Question(
            String streamId,
            String group,
            String kind,
            long from,
            long to,
            long referenceFrom,
            long resolutionMillis) {
        Query query() {
            return new Query(
                    "",
                    blank(streamId) ? group : streamId,
                    blank(group) ? "" : group,
                    kind,
                    from,
                    to,
                    referenceFrom,
                    resolutionMillis,
                    0,
                    0,
                    "");
        }
    }

    /** A sentence for who asked in vain. */
    record Failure(String error) {}

    /**
     * Listens from now on.
     *
     * @throws UserMistake if the port is taken or the host is not this machine's
     */
    ConsoleServer(ConsoleAddress address, StreamBoard board, Link link, Questions questions)
            throws IOException {
        this.board = board;
        this.link = link;
        this.questions = questions;
        this.files = new PageFiles();
        this.pages = new LivePages(board, link);
        this.server = listen(address);
        this.web = new Web(server.getAddress().getAddress().isLoopbackAddress());
        this.threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        1,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(WAITING),
                        task -> {
                            Thread thread = new Thread(task, "oxbow-console-http");
                            thread.setDaemon(true);
                            return thread;
                        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the page is. */
    URI address() {
        InetSocketAddress bound = server.getAddress();
        String host =
                bound.getAddress().isAnyLocalAddress()
                        ? "localhost"
                        : bound.getAddress().getHostAddress();
        return URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    @Override
    public void close() {
        pages.close();
        server.stop(0);
        threads.shutdownNow();
    }

    static HttpServer listen(ConsoleAddress address) throws IOException {
        InetAddress host;
        try {
            host = InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            throw new UserMistake(
                    "'" + address.host() + "' is no address of this machine to serve the page on",
                    e);
        }
        int port = address.port() == 0 ? ConsoleAddress.USUAL_PORT : address.port();
        try {
            return HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        } catch (BindException e) {
            if (address.port() == 0) {
                return HttpServer.create(new InetSocketAddress(host, 0), BACKLOG);
            }
            throw new UserMistake(
                    "the page cannot be served on "
                            + address.host()
                            + ":"
                            + port
                            + " ("
                            + e.getMessage()
                            + "): stop what is there, or choose another port",
                    e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean stays = false;
        try {
            web.admit(exchange);
            stays = answer(exchange);
        } catch (Refusal refusal) {
            Web.sendJson(
                    exchange, refusal.status(), JsonLines.of(new Failure(refusal.getMessage())));
        } finally {
            if (!stays) {
                exchange.close();
            }
        }
    }

    /** Whether the exchange goes on after this call. */
    private boolean answer(HttpExchange exchange) throws IOException, Refusal {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET /api/live" -> {
                pages.open(exchange);
                return true;
            }
            case "GET /api/stream" -> json(exchange, detail(exchange));
            case "POST /api/watch" -> json(exchange, watch(read(exchange, Watch.class)));
            case "POST /api/ask" -> {
                ask(exchange, read(exchange, Question.class));
                return true;
            }
            default -> file(exchange, path);
        }
        return false;
    }

    private void file(HttpExchange exchange, String path) throws IOException, Refusal {
        PageFiles.PageFile file =
                files.find(path).orElseThrow(() -> new Refusal(404, "there is nothing here"));
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new Refusal(405, "this can be read only");
        }
        Web.send(exchange, 200, file.type(), file.bytes());
    }

    private StreamDetail detail(HttpExchange exchange) throws Refusal {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null || !query.startsWith("id=")) {
            throw new Refusal(400, "say which stream, as ?id=");
        }
        String id;
        try {
            id = URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "the stream's name cannot be read");
        }
        return board.detail(id)
                .orElseThrow(() -> new Refusal(404, "no stream called '" + id + "' was seen"));
    }

    private LivePage.Strips watch(Watch watch) throws Refusal {
        if (watch.page() == null || watch.zoom() == null || watch.streams() == null) {
            throw new Refusal(400, "say page, zoom and streams");
        }
        if (watch.streams().length > MOST_WATCHED) {
            throw new Refusal(400, "at most " + MOST_WATCHED + " strips can be watched at once");
        }
        Zoom zoom =
                Zoom.labelled(watch.zoom())
                        .orElseThrow(() -> new Refusal(400, "zoom to hour, day or week"));
        LivePage page =
                pages.find(watch.page())
                        .orElseThrow(() -> new Refusal(410, "this page is no longer connected"));
        return page.watch(zoom, watch.streams());
    }

    /** Answers when the job does; no thread waits for it. */
    private void ask(HttpExchange exchange, Question question) throws Refusal {
        if (blank(question.kind()) || blank(question.streamId()) && blank(question.group())) {
            throw new Refusal(400, "say which stream, and what to ask");
        }
        if (question.from() != 0 && question.to() != 0 && question.from() >= question.to()) {
            throw new Refusal(400, "the range ends before it begins");
        }
        if (link.state() == Link.State.LOST) {
            throw new Refusal(503, "Kafka does not answer, so nothing can be asked now");
        }
        try {
            questions
                    .ask(question.query())
                    .whenCompleteAsync(
                            (reply, failure) -> reply(exchange, reply, failure), threads);
        } catch (IOException e) {
            throw new Refusal(503, e.getMessage());
        }
    }

    private static void reply(HttpExchange exchange, Questions.Reply reply, Throwable failure) {
        try (exchange) {
            if (failure == null) {
                json(exchange, reply);
                return;
            }
            boolean silence = failure.getCause() instanceof TimeoutException;
            Web.sendJson(
                    exchange,
                    silence ? 504 : 502,
                    JsonLines.of(
                            new Failure(
                                    silence
                                            ? "no answer came within "
                                                    + Questions.PATIENCE.toSeconds()
                                                    + " s: is the job running?"
                                            : failure.getMessage())));
        } catch (IOException e) {
            // Who asked has left.
        }
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static <T> T read(HttpExchange exchange, Class<T> type) throws IOException, Refusal {
        try {
            T value = MAPPER.readValue(Web.body(exchange), type);
            if (value == null) {
                throw new Refusal(400, "send a JSON object");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "this is not the JSON that belongs here");
        }
    }

    private static void json(HttpExchange exchange, Object value) throws IOException {
        Web.sendJson(exchange, 200, JsonLines.of(value));
    }
}
