package io.oxbow.jobs.cli;

import java.io.PrintStream;
import picocli.CommandLine.Option;

/**
 * The options every command has, and the way to print under them: results on stdout, as text or as
 * one JSON object a line; everything else on stderr. Mix into a command with {@code @Mixin}.
 * Printing is safe from any thread.
 */
public final class OutputOptions {
    /** System property that log4j2.xml reads once, when the first logger is made. */
    private static final String LOG_LEVEL = "oxbow.log.level";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Option(names = "--json", description = "Print one JSON object a line on stdout.")
    private boolean json;

    private boolean verbose;

    @Option(names = "--verbose", description = "Log at INFO on stderr instead of WARN.")
    void verbose(boolean wanted) {
        verbose = wanted;
        if (wanted) {
            System.setProperty(LOG_LEVEL, "INFO");
        }
    }

    /** Whether results are wanted as JSON. */
    public boolean json() {
        return json;
    }

    boolean isVerbose() {
        return verbose;
    }

    /**
     * Prints one result.
     *
     * @param value a record or map, printed under {@code --json}
     * @param text printed otherwise; may span lines
     */
    public synchronized void result(Object value, String text) {
        out.println(json ? JsonLines.of(value) : text);
        out.flush();
    }

    /** Prints one result under {@code --json} only. */
    public synchronized void jsonOnly(Object value) {
        if (json) {
            out.println(JsonLines.of(value));
            out.flush();
        }
    }

    /** Prints text on stdout, unless {@code --json} keeps stdout for results. */
    public synchronized void textOnly(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /** Tells the user something that is not a result, on stderr. */
    public synchronized void note(String text) {
        err.println(text);
    }
}
