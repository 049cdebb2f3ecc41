package io.oxbow.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oxbow.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/** As much of a schema registry as a client needs, over HTTP. */
public final class RegistryStandIn implements AutoCloseable {
    private static final int FIRST_ID = 41;

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    /** Method and path of every request, in order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The Authorization header that must come; null for none. */
    volatile String authorization;

    /** The next requests are answered with this status, one each. */
    final List<Integer> failures = new CopyOnWriteArrayList<>();

    public RegistryStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Puts a schema in as another program would. */
    public synchronized int put(String subject, Schema schema) {
        return put(subject, schema.toString());
    }

    private synchronized int put(String subject, String schema) {
        return ids.computeIfAbsent(
                subject + " " + schema,
                key -> {
                    schemas.add(schema);
                    return FIRST_ID + schemas.size() - 1;
                });
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        if (!failures.isEmpty()) {
            answer(exchange, failures.remove(0), "{\"error_code\":50001,\"message\":\"later\"}");
        } else if (authorization != null && !authorization.equals(login)) {
            answer(exchange, 401, "{\"error_code\":40101,\"message\":\"who are you\"}");
        } else if (path.startsWith("/schemas/ids/")) {
            find(exchange, Long.parseLong(path.substring("/schemas/ids/".length())));
        } else if (!path.endsWith("/versions")) {
            lookUp(exchange, path.substring("/subjects/".length()), schema(body));
        } else {
            String subject = path.substring("/subjects/".length(), path.lastIndexOf('/'));
            answer(exchange, 200, "{\"id\":" + put(subject, schema(body)) + "}");
        }
    }

    private static String schema(String body) {
        return ((Json.Str) ((Json.Obj) Json.parse(body)).get("schema")).value();
    }

    private synchronized void lookUp(HttpExchange exchange, String subject, String schema)
            throws IOException {
        Integer id = ids.get(subject + " " + schema);
        if (id == null) {
            answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else {
            answer(exchange, 200, "{\"subject\":\"" + subject + "\",\"id\":" + id + "}");
        }
    }

    private synchronized void find(HttpExchange exchange, long id) throws IOException {
        if (id < FIRST_ID || id >= FIRST_ID + schemas.size()) {
            answer(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            return;
        }
        String schema = schemas.get((int) id - FIRST_ID);
        answer(
                exchange,
                200,
                "{\"schema\":\"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
