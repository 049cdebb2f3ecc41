package io.oxbow.jobs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/**
 * What a command did.
 *
 * @param lines of stdout
 * @param failure what it threw, or null
 */
record Outcome(int status, List<String> lines, Throwable failure) {

    /** Runs a command made while stdout is caught, because it takes stdout when it is made. */
    static Outcome of(Class<?> command, String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            CommandLine line = new CommandLine(command);
            line.setCaseInsensitiveEnumValuesAllowed(true);
            line.setExecutionExceptionHandler(
                    (thrown, failed, parsed) -> {
                        failure.set(thrown);
                        return CommandLine.ExitCode.SOFTWARE;
                    });
            int status = line.execute(arguments);
            List<String> lines = caught.toString(StandardCharsets.UTF_8).lines().toList();
            return new Outcome(status, lines, failure.get());
        } finally {
            System.setOut(before);
        }
    }

    /** Every line as JSON. */
    List<JsonNode> json() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : lines) {
            nodes.add(new ObjectMapper().readTree(line));
        }
        return nodes;
    }
}
