package io.oxbow.jobs.ingest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a recording or a camera to Kafka; the subcommand says what kind it is. */
@Command(
        name = "ingest",
        description = "Write a video, a sound or a table of readings to Kafka.",
        subcommands = {IngestVideoCommand.class, IngestAudioCommand.class, IngestCsvCommand.class})
public final class IngestCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "the kind of source is missing: video, audio or csv");
    }
}
