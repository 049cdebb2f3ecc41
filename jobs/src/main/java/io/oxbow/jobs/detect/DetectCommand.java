package io.oxbow.jobs.detect;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores a recording; the subcommand says what kind of file it is. */
@Command(
        name = "detect",
        description = "Score a file with the built-in model.",
        subcommands = DetectCsvCommand.class)
public final class DetectCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the kind of file is missing: csv");
    }
}
