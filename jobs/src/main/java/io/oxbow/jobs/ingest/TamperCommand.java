package io.oxbow.jobs.ingest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says when a recording cannot be believed; the subcommand says what kind it is. */
@Command(
        name = "tamper",
        description = "Find where a recording was covered, defocused, moved or frozen.",
        subcommands = TamperVideoCommand.class)
public final class TamperCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the kind of file is missing: video");
    }
}
