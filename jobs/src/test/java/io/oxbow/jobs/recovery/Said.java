package io.oxbow.jobs.recovery;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The lines that the job of a test in this process has said. */
final class Said {
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    private Said() {}

    static void forget() {
        LINES.clear();
    }

    static String say(String line) {
        LINES.add(line);
        return line;
    }

    /** In an order that no thread decides. */
    static List<String> sorted() {
        return LINES.stream().sorted().toList();
    }

    /** What it is, of which stream, and numbers. */
    static String line(String kind, String stream, Number... numbers) {
        StringBuilder line = new StringBuilder(kind).append(' ').append(stream);
        for (Number number : numbers) {
            line.append(' ').append(number);
        }
        return line.toString();
    }

    static String numbers(float[] values) {
        StringBuilder line = new StringBuilder();
        for (float value : values) {
            line.append(' ').append(value);
        }
        return line.toString();
    }
}
