package io.oxbow.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of its own in a JVM of its own, with this test's class path; ends with the test. Its
 * standard output and its log (standard error) go to files.
 */
public final class JavaProcess implements AutoCloseable {
    private static final List<String> USUAL =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-modules=jdk.incubator.vector",
                    // Flink's test jars bring a log4j2-test.properties that switches logging off.
                    "-Dlog4j2.configurationFile=classpath:log4j2.xml",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx768m");

    private final Process process;
    private final Path output;
    private final Path log;

    private JavaProcess(Process process, Path output, Path log) {
        this.process = process;
        this.output = output;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param name of its files in {@code folder}
     * @param command options of the JVM, main class and arguments
     */
    public static JavaProcess start(Path folder, String name, List<String> command)
            throws IOException {
        return start(folder, name, System.getProperty("java.class.path"), Map.of(), command);
    }

    /**
     * Starts a program with another class path.
     *
     * @param environment variables beside this process's own
     */
    public static JavaProcess start(
            Path folder,
            String name,
            String classPath,
            Map<String, String> environment,
            List<String> command)
            throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(USUAL);
        all.add("-cp");
        all.add(classPath);
        all.addAll(command);
        Path output = folder.resolve(name + ".out");
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectOutput(output.toFile()).redirectError(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new JavaProcess(process, output, log);
    }

    /** The first line of the output that contains {@code text}. */
    public String awaitOutput(String text, Duration patience) throws Exception {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<String> found =
                    output().lines().filter(line -> line.contains(text)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (!process.isAlive()) {
                throw new IOException("ended with " + process.exitValue() + ":\n" + log());
            }
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("no '" + text + "' in " + patience + ":\n" + log());
            }
            Thread.sleep(50);
        }
    }

    /** Its exit status. */
    public int await(Duration patience) throws Exception {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("still running after " + patience + ":\n" + log());
        }
        return process.exitValue();
    }

    /** Asks it to end, as Ctrl-C does. */
    public void stop() {
        process.destroy();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
