package io.oxbow.jobs.ingest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the feature vectors of a recording to a file; the subcommand says what kind it is. */
@Command(
        name = "encode",
        description = "Write the features of a recording to a file.",
        subcommands = EncodeVideoCommand.class)
public final class EncodeCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the kind of file is missing: video");
    }
}
