package io.oxbow.jobs.console;

/**
 * Where the page is served.
 *
 * @param host name or address to listen on
 * @param port 0 for {@link #USUAL_PORT} or, where that is taken, any free one
 */
public record ConsoleAddress(String host, int port) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final int USUAL_PORT = 8484;

    /** On this machine only, at the usual port if it is free. */
    public static ConsoleAddress usual() {
        return local(0);
    }

    /** On this machine only. */
    public static ConsoleAddress local(int port) {
        return new ConsoleAddress(LOOPBACK, port);
    }
}
