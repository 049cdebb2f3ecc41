package io.oxbow.jobs.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Each TaskManager in a network namespace of its own, joined to this machine by a bridge, so that
 * its network can be cut: packets are lost, connections stay open until somebody gives up.
 *
 * <p>Needs Linux, its command {@code ip} and root. Namespaces and bridge go with {@link #close},
 * and with this process if it ends in order. Not thread-safe.
 */
public final class NamespaceNetwork implements ClusterNetwork, AutoCloseable {
    private final String bridge;
    private final String subnet;
    private final int taskManagers;
    private final Thread end = new Thread(this::remove, "oxbow-network-end");

    private NamespaceNetwork(long id, int taskManagers) {
        this.bridge = "oxb" + id;
        // Of 10.0.0.0/8 a part that few networks use, another one for each process.
        this.subnet = "10.%d.%d.".formatted(200 + id % 50, id / 50 % 250);
        this.taskManagers = taskManagers;
    }

    /** Why there cannot be one here; empty if there can. */
    public static Optional<String> unavailable() {
        try {
            ip("netns", "add", "oxbow-probe-" + ProcessHandle.current().pid());
            ip("netns", "del", "oxbow-probe-" + ProcessHandle.current().pid());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "network namespaces need Linux, its command ip and root: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /**
     * Makes the bridge and the namespaces.
     *
     * @throws IOException with what {@code ip} said, if it could not
     */
    public static NamespaceNetwork create(int taskManagers)
            throws IOException, InterruptedException {
        NamespaceNetwork network =
                new NamespaceNetwork(ProcessHandle.current().pid(), taskManagers);
        Runtime.getRuntime().addShutdownHook(network.end);
        try {
            network.make();
            return network;
        } catch (IOException | InterruptedException e) {
            network.close();
            throw e;
        }
    }

    private void make() throws IOException, InterruptedException {
        ip("link", "add", bridge, "type", "bridge");
        ip("addr", "add", host() + "/24", "dev", bridge);
        ip("link", "set", bridge, "up");
        for (int i = 0; i < taskManagers; i++) {
            String space = namespace(i);
            String cable = cable(i);
            ip("netns", "add", space);
            ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space);
            ip("link", "set", cable, "master", bridge);
            ip("link", "set", cable, "up");
            ip("-n", space, "addr", "add", taskManagerHost(i) + "/24", "dev", "eth0");
            ip("-n", space, "link", "set", "eth0", "up");
            ip("-n", space, "link", "set", "lo", "up");
        }
    }

    @Override
    public String host() {
        return subnet + 1;
    }

    @Override
    public String taskManagerHost(int index) {
        return subnet + (2 + index);
    }

    @Override
    public List<String> taskManagerCommand(int index) {
        return List.of("ip", "netns", "exec", namespace(index));
    }

    /**
     * Nothing reaches a TaskManager, and nothing comes from it; returns when it is joined again.
     */
    public void cut(int index, Duration length) throws IOException, InterruptedException {
        ip("link", "set", cable(index), "down");
        try {
            Thread.sleep(length.toMillis());
        } finally {
            ip("link", "set", cable(index), "up");
        }
    }

    private String namespace(int index) {
        return bridge + "-" + index;
    }

    /** An interface's name has at most fifteen letters. */
    private String cable(int index) {
        return bridge + "v" + index;
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("ip").redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("ip " + String.join(" ", arguments) + ": " + said);
        }
    }

    private void remove() {
        for (int i = 0; i < taskManagers; i++) {
            // The cable goes with its namespace as soon as no process is in it, or right here.
            removeQuietly("link", "del", cable(i));
            removeQuietly("netns", "del", namespace(i));
        }
        removeQuietly("link", "del", bridge);
    }

    private static void removeQuietly(String... arguments) {
        try {
            ip(arguments);
        } catch (IOException e) {
            // It was never made.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the bridge and the namespaces; whoever still runs in one is alone from now on. */
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs anyway.
        }
    }
}
