package io.oxbow.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * What the whole command line did, as a person at a terminal sees it.
 *
 * @param lines of stdout
 * @param sentence what it said was wrong, empty if nothing
 */
record CommandRun(int status, List<String> lines, String sentence) {

    static CommandRun of(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            // A command takes stdout when it is made.
            CommandLine line = OxbowCli.commandLine();
            line.setErr(new PrintWriter(err, true));
            int status = line.execute(arguments);
            List<String> lines = caught.toString(StandardCharsets.UTF_8).lines().toList();
            return new CommandRun(status, lines, err.toString().strip());
        } finally {
            System.setOut(before);
        }
    }

    /** Of {@code detect csv} on a table whose times are in {@code t}. */
    static CommandRun detectCsv(Path file, String columns, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("detect", "csv", file.toString()));
        arguments.addAll(List.of("--time-column", "t", "--value-columns", columns));
        arguments.addAll(List.of("--out", out.toString()));
        arguments.addAll(List.of(more));
        return of(arguments.toArray(String[]::new));
    }

    /** The last line of stdout. */
    JsonNode report() throws IOException {
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    /** Whether it told a user's mistake in one sentence that names {@code what}. */
    boolean isMistakeAbout(String what) {
        return status == 2 && sentence.lines().count() == 1 && sentence.contains(what);
    }
}
