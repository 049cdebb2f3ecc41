package io.oxbow.jobs.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * The program of the child process: formats the folder, then is a Kafka broker until its standard
 * input ends, which it does when the parent closes it or dies, however it dies.
 *
 * <p>Arguments: the properties file; the folder to delete at the end, if any.
 */
final class BrokerProcess {
    /** The cluster is always the same, so that a folder can be used again. */
    private static final String CLUSTER_ID = "b3hib3ctbGFrZS1icm9rZQ";

    private static final int FAILED = 1;
    private static final long SHUTDOWN_MILLIS = 10_000;

    private BrokerProcess() {}

    public static void main(String[] arguments) {
        Path properties = Path.of(arguments[0]);
        Path doomed = arguments.length > 1 ? Path.of(arguments[1]) : null;
        daemon("oxbow-parent-watch", () -> endWithParent(doomed));
        int formatted =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--config",
                            properties.toString(),
                            "--cluster-id",
                            CLUSTER_ID,
                            "--ignore-formatted"
                        },
                        System.out);
        if (formatted != 0) {
            System.exit(FAILED);
        }
        Kafka.main(new String[] {properties.toString()});
    }

    private static void endWithParent(Path doomed) {
        try {
            while (System.in.read() >= 0) {
                // Whatever is written there has no meaning; only the end has.
            }
        } catch (IOException e) {
            System.out.println("Standard input broke: " + e);
        }
        if (doomed != null) {
            deleteAndHalt(doomed);
        }
        daemon("oxbow-shutdown-limit", BrokerProcess::haltLater);
        System.exit(0);
    }

    /** What is in the folder is not wanted any more: there is nothing to shut down in order. */
    private static void deleteAndHalt(Path folder) {
        // The broker still writes, and may put a file where one was just removed.
        for (int attempts = 3; attempts > 0; attempts--) {
            try {
                delete(folder);
                break;
            } catch (IOException e) {
                System.out.println("The folder cannot be deleted yet: " + e);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Deletes a folder and all in it; does nothing if it is not there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted((a, b) -> b.compareTo(a)).toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
