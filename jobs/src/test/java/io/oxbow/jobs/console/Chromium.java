package io.oxbow.jobs.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven over the DevTools protocol. */
@SuppressWarnings("try") // Closing waits for the process, and may be interrupted.
final class Chromium implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;

    private Chromium(Process process, Path profile, URI devtools) throws Exception {
        this.process = process;
        this.profile = profile;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(devtools, new Listener())
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        JsonNode target =
                call(
                        null,
                        "Target.createTarget",
                        MAPPER.createObjectNode().put("url", "about:blank"));
        session =
                call(
                                null,
                                "Target.attachToTarget",
                                MAPPER.createObjectNode()
                                        .put("targetId", target.get("targetId").asText())
                                        .put("flatten", true))
                        .get("sessionId")
                        .asText();
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
    }

    /** The browser's program, if there is one on the path. */
    static Optional<Path> installed() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            for (String name : NAMES) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    static Chromium start(Path program) throws Exception {
        Path profile = Files.createTempDirectory("oxbow-chromium-");
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.PIPE)
                        .start();
        try {
            return new Chromium(process, profile, devtools(process));
        } catch (Exception e) {
            end(process, profile);
            throw e;
        }
    }

    /** Errors and refusals the browser's console told of, since the last call. */
    List<String> complaints() {
        List<String> told = List.copyOf(complaints);
        complaints.clear();
        return told;
    }

    void size(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                MAPPER.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    void media(boolean dark, boolean reducedMotion) throws Exception {
        ObjectNode media = MAPPER.createObjectNode();
        media.putArray("features")
                .add(feature("prefers-color-scheme", dark ? "dark" : "light"))
                .add(feature("prefers-reduced-motion", reducedMotion ? "reduce" : "no-preference"));
        call("Emulation.setEmulatedMedia", media);
    }

    void open(URI address) throws Exception {
        call("Page.navigate", MAPPER.createObjectNode().put("url", address.toString()));
        await("document.readyState === 'complete'");
    }

    /** The value of an expression in the page; promises are waited for. */
    JsonNode eval(String expression) throws Exception {
        JsonNode reply =
                call(
                        "Runtime.evaluate",
                        MAPPER.createObjectNode()
                                .put("expression", expression)
                                .put("awaitPromise", true)
                                .put("returnByValue", true));
        if (reply.has("exceptionDetails")) {
            throw new IOException(expression + ": " + reply.get("exceptionDetails"));
        }
        return reply.get("result").path("value");
    }

    /** Waits until an expression is true in the page. */
    void await(String expression) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!eval("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError(
                        "not within "
                                + PATIENCE.toSeconds()
                                + " s: "
                                + expression
                                + "; the page says: "
                                + eval("document.body.innerText.slice(0, 600)").asText()
                                + " "
                                + complaints);
            }
            Thread.sleep(100);
        }
    }

    /** Presses and releases a key where the focus is. */
    void press(String key, int code) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event =
                    MAPPER.createObjectNode()
                            .put("type", type)
                            .put("key", key)
                            .put("code", key)
                            .put("windowsVirtualKeyCode", code);
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    byte[] screenshot() throws Exception {
        JsonNode shot =
                call("Page.captureScreenshot", MAPPER.createObjectNode().put("format", "png"));
        return Base64.getDecoder().decode(shot.get("data").asText());
    }

    /** The accessible names of all nodes of a role, as a screen reader finds them. */
    List<String> named(String role) throws Exception {
        call("Accessibility.enable");
        List<String> names = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree").get("nodes")) {
            if (node.path("role").path("value").asText().equals(role)
                    && !node.path("ignored").asBoolean()) {
                names.add(node.path("name").path("value").asText());
            }
        }
        return names;
    }

    JsonNode call(String method) throws Exception {
        return call(method, MAPPER.createObjectNode());
    }

    JsonNode call(String method, ObjectNode parameters) throws Exception {
        return call(session, method, parameters);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        end(process, profile);
    }

    private JsonNode call(String toSession, String method, ObjectNode parameters) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (toSession != null) {
            message.put("sessionId", toSession);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(id, reply);
        socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        JsonNode answer = reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer.has("error")) {
            throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    private static ObjectNode feature(String name, String value) {
        return MAPPER.createObjectNode().put("name", name).put("value", value);
    }

    private static URI devtools(Process process) throws IOException {
        BufferedReader errors =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread rest = new Thread(() -> errors.lines().forEach(ignored -> {}));
                rest.setDaemon(true);
                rest.start();
                return URI.create(line.substring(LISTENING.length()).strip());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser ended instead of listening: " + said);
    }

    private static void end(Process process, Path profile) throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        for (int attempts = 10; attempts > 0; attempts--) {
            try (Stream<Path> files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
                return;
            } catch (IOException | java.io.UncheckedIOException e) {
                // A dying helper of the browser still writes.
                Thread.sleep(200);
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode node = MAPPER.readTree(message);
                if (node.has("id")) {
                    CompletableFuture<JsonNode> reply = replies.remove(node.get("id").asInt());
                    if (reply != null) {
                        reply.complete(node);
                    }
                    return;
                }
                String method = node.path("method").asText();
                if (method.equals("Runtime.exceptionThrown")) {
                    complaints.add(node.path("params").path("exceptionDetails").toString());
                } else if (method.equals("Log.entryAdded")
                        && node.path("params")
                                .path("entry")
                                .path("level")
                                .asText()
                                .equals("error")) {
                    complaints.add(node.path("params").path("entry").path("text").asText());
                }
            } catch (IOException e) {
                complaints.add("unreadable message: " + e.getMessage());
            }
        }
    }
}
