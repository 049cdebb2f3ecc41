package io.oxbow.jobs.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * What every answer of the server has in common: who may ask, and what a browser may do with it.
 */
final class Web {
    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int WORTH_COMPRESSING = 1024;
    private static final Set<String> LOOPBACK_NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final boolean loopback;

    /**
     * @param loopback whether the server listens on this machine only
     */
    Web(boolean loopback) {
        this.loopback = loopback;
    }

    /**
     * Lets a request in, or not. A page elsewhere can make a browser send requests here under a
     * name of its own (DNS rebinding): on the loopback interface only this machine's names are
     * answered, and what changes something must come from this page.
     */
    void admit(HttpExchange exchange) throws Refusal {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (loopback && (host == null || !LOOPBACK_NAMES.contains(withoutPort(host)))) {
            throw new Refusal(403, "this console answers to localhost only");
        }
        if (exchange.getRequestMethod().equals("POST")) {
            String type = headers.getFirst("Content-Type");
            String origin = headers.getFirst("Origin");
            if (type == null || !type.startsWith("application/json")) {
                throw new Refusal(415, "send JSON, as application/json");
            }
            if (origin != null && !origin.equals("http://" + host)) {
                throw new Refusal(403, "this page may not ask here");
            }
        }
    }

    static byte[] body(HttpExchange exchange) throws IOException, Refusal {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(MOST_BODY_BYTES + 1);
            if (bytes.length > MOST_BODY_BYTES) {
                throw new Refusal(413, "that is more than " + MOST_BODY_BYTES + " bytes");
            }
            return bytes;
        }
    }

    static void headers(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        // The jar may be a newer one the next time.
        headers.set("Cache-Control", "no-cache");
    }

    static void send(HttpExchange exchange, int status, String type, byte[] bytes)
            throws IOException {
        headers(exchange, type);
        byte[] sent = bytes;
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (bytes.length >= WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            sent = compressed(bytes);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(sent);
        }
    }

    static void sendJson(HttpExchange exchange, int status, String json) throws IOException {
        send(
                exchange,
                status,
                "application/json; charset=utf-8",
                json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d+$", "");
    }
}
