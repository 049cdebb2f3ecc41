package io.oxbow.jobs.console;

import com.sun.net.httpserver.HttpExchange;
import io.oxbow.jobs.cli.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One open page: is sent, every second, what changed since the second before, of the strips only
 * those it shows. A page that reads slowly gets fewer and larger parts, never a queue. Runs on a
 * thread of its own.
 */
final class LivePage implements Runnable {
    private static final long TICK_MILLIS = 1_000;

    private final String name;
    private final String run;
    private final HttpExchange exchange;
    private final StreamBoard board;
    private final Link link;
    private final Runnable atEnd;

    private Zoom zoom = Zoom.DAY;
    private int[] watched = new int[0];
    private long sentVersion;
    private long sentUntil;
    private long sentOrder;
    private volatile boolean ended;

    /** First part: who the page is, and which run of the server it talks to. */
    record Hello(String page, String run, int mostStreams) {}

    /** What changed. */
    record Tick(
            long present,
            long now,
            long events,
            int streams,
            int open,
            long refused,
            Link.Status link,
            List<StreamBoard.Line> lines,
            List<Alert> alerts,
            List<StreamBoard.Strip> strips) {}

    /** Strips a page asked for. */
    record Strips(
            String zoom, long step, int cells, long present, List<StreamBoard.Strip> strips) {}

    /**
     * @param atEnd called when the page is gone
     */
    LivePage(
            String name,
            String run,
            HttpExchange exchange,
            StreamBoard board,
            Link link,
            Runnable atEnd) {
        this.name = name;
        this.run = run;
        this.exchange = exchange;
        this.board = board;
        this.link = link;
        this.atEnd = atEnd;
    }

    String name() {
        return name;
    }

    /** Shows other strips from now on, and returns them whole. */
    synchronized Strips watch(Zoom newZoom, int[] numbers) {
        zoom = newZoom;
        watched = numbers.clone();
        List<StreamBoard.Strip> strips = new ArrayList<>();
        for (int number : watched) {
            board.strip(number, zoom, 0, 0).ifPresent(strips::add);
        }
        return new Strips(zoom.label(), zoom.cellMillis(), zoom.cells(), board.present(), strips);
    }

    @Override
    public void run() {
        try (OutputStream out = exchange.getResponseBody()) {
            send(out, "hello", new Hello(name, run, StreamBoard.MOST_STREAMS));
            while (!ended) {
                send(out, "tick", tick());
                Thread.sleep(TICK_MILLIS);
            }
        } catch (IOException e) {
            // The page was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
            atEnd.run();
        }
    }

    void end() {
        ended = true;
        exchange.close();
    }

    private synchronized Tick tick() {
        long version = board.version();
        long present = board.present();
        List<Alert> alerts = board.alerts(sentOrder);
        List<StreamBoard.Strip> strips = new ArrayList<>();
        for (int number : watched) {
            Optional<StreamBoard.Strip> strip =
                    board.strip(number, zoom, Math.max(1, sentVersion), sentUntil);
            strip.ifPresent(strips::add);
        }
        Tick tick =
                new Tick(
                        present,
                        System.currentTimeMillis(),
                        board.events(),
                        board.streams(),
                        board.openAlerts(),
                        board.refused(),
                        link.status(),
                        board.lines(sentVersion),
                        alerts,
                        strips);
        sentVersion = version;
        sentUntil = present;
        if (!alerts.isEmpty()) {
            sentOrder = alerts.get(alerts.size() - 1).order();
        }
        return tick;
    }

    private static void send(OutputStream out, String event, Object value) throws IOException {
        String text = "event: " + event + "\ndata: " + JsonLines.of(value) + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
