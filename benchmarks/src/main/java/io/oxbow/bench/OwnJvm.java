package io.oxbow.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a class in a process of its own, with this process's class path and flags, so that one
 * measurement's compiled code and garbage are not the next one's.
 */
public final class OwnJvm {
    private OwnJvm() {}

    /**
     * Runs {@code main} to its end.
     *
     * @return what it printed on stdout; its stderr goes to ours
     * @throws IOException if it failed
     */
    public static String run(Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = start(main, arguments);
        try {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        main.getSimpleName() + " " + String.join(" ", arguments) + " failed");
            }
            return said;
        } finally {
            process.destroy();
        }
    }

    /** Starts {@code main}; the caller ends it. */
    public static Process start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
