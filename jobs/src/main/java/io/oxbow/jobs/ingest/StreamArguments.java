package io.oxbow.jobs.ingest;

import io.oxbow.ingest.Rate;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.jobs.cli.UserMistake;
import picocli.CommandLine.Option;

/** The options of a command that writes a stream. */
final class StreamArguments {

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "ID",
            description = "The stream's id.")
    private String streamId;

    @Option(
            names = "--rate",
            paramLabel = "real|max",
            description = "As fast as it happened, or as fast as it can be read: max if not given.")
    private Rate rate = Rate.MAX;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description =
                    "Raise it when a stream's numbering starts anew; the time now if not given.")
    private long epoch = System.currentTimeMillis();

    /**
     * The settings.
     *
     * @throws UserMistake if the name is none
     */
    StreamSettings settings() {
        try {
            return new StreamSettings(streamId, epoch, rate);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--stream: " + e.getMessage(), e);
        }
    }
}
