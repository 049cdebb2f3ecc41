package io.oxbow.jobs.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The pages that are open, the oldest first. There is room for a few: the oldest makes place for a
 * new one, and its browser, if somebody still looks at it, comes back by itself.
 */
final class LivePages implements AutoCloseable {
    static final int MOST = 32;

    private final String run = UUID.randomUUID().toString();
    private final StreamBoard board;
    private final Link link;
    private final Map<String, LivePage> pages = new LinkedHashMap<>();

    LivePages(StreamBoard board, Link link) {
        this.board = board;
        this.link = link;
    }

    /** Begins to send to a page, and returns at once. */
    void open(HttpExchange exchange) throws IOException {
        Web.headers(exchange, "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        String name = UUID.randomUUID().toString();
        LivePage page = new LivePage(name, run, exchange, board, link, () -> forget(name));
        LivePage oldest = null;
        synchronized (this) {
            if (pages.size() >= MOST) {
                oldest = pages.values().iterator().next();
            }
            pages.put(name, page);
        }
        if (oldest != null) {
            oldest.end();
        }
        Thread thread = new Thread(page, "oxbow-console-page");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized Optional<LivePage> find(String name) {
        return Optional.ofNullable(pages.get(name));
    }

    synchronized int size() {
        return pages.size();
    }

    @Override
    public void close() {
        LivePage[] all;
        synchronized (this) {
            all = pages.values().toArray(LivePage[]::new);
        }
        for (LivePage page : all) {
            page.end();
        }
    }

    private synchronized void forget(String name) {
        pages.remove(name);
    }
}
