package io.oxbow.jobs.console;

import io.oxbow.jobs.cli.UserMistake;

/**
 * Where the page is served.
 *
 * @param host name or address to listen on
 * @param port 0 for {@link #USUAL_PORT} or, where that is taken, any free one
 */
public record ConsoleAddress(String host, int port) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final int USUAL_PORT = 8484;

    private static final int LAST_PORT = 65_535;

    public ConsoleAddress {
        if (port < 0 || port > LAST_PORT) {
            throw new UserMistake(
                    "the page's port must lie between 1 and " + LAST_PORT + ", not " + port);
        }
    }

    /** On this machine only, at the usual port if it is free. */
    public static ConsoleAddress usual() {
        return local(0);
    }

    /** On this machine only. */
    public static ConsoleAddress local(int port) {
        return new ConsoleAddress(LOOPBACK, port);
    }
}
