package io.oxbow.jobs;

import io.oxbow.jobs.cli.BrokerConverter;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.ForeignInputs;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.SchemaSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/**
 * The options of a job on a command line: a file, a broker, and {@code key=value} pairs. Mixed into
 * the commands that run the job.
 */
public final class JobArguments {
    // By their names: EventTypes would load Avro, whose logger would come before the command line
    // has said how much is logged.

    /** What Oxbow itself writes: those that {@code all} means. */
    private static final List<String> INPUTS = List.of("features", "sensors", "frames", "audio");

    private static final String MODELS = "models";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Options of Oxbow and Flink, .yaml or .properties.")
    private Path file;

    @Option(
            names = "--broker",
            paramLabel = "H:P",
            converter = BrokerConverter.class,
            description = "Kafka's address, host:port[,host:port].")
    private String broker;

    @Option(
            names = "--input",
            paramLabel = "KIND",
            split = ",",
            description =
                    "What to read: features, sensors, frames, audio, or all of these;"
                            + " deepstream, cloudevents; models to go over to; queries always."
                            + " Features and sensors if not given.")
    private List<String> inputs = List.of();

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Set one option; wins over the file.")
    private Map<String, String> pairs = new LinkedHashMap<>();

    /**
     * The options, the file's first, then the broker's address, then the pairs.
     *
     * @throws UserMistake if one of them is not known or has no sense
     */
    public Configuration configuration() {
        Configuration configuration =
                file == null ? new Configuration() : JobConfiguration.read(file);
        if (broker != null) {
            configuration.set(KafkaOptions.BOOTSTRAP_SERVERS, broker);
        }
        if (!inputs.isEmpty()) {
            configuration.set(KafkaOptions.INPUTS, topics());
        }
        JobConfiguration.override(configuration, pairs);
        KnownOptions.refuseUnknown(configuration);
        KafkaSecrets.guard(configuration);
        try {
            SchemaSource.of(configuration);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(e.getMessage(), e);
        }
        return configuration;
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (String input : inputs) {
            if (input.equals("all")) {
                topics.addAll(INPUTS);
            } else if (INPUTS.contains(input)
                    || input.equals(MODELS)
                    || ForeignInputs.names().contains(input)) {
                topics.add(input);
            } else {
                throw new UserMistake(
                        "'"
                                + input
                                + "' is no input: "
                                + String.join(", ", INPUTS)
                                + ", "
                                + String.join(", ", ForeignInputs.names())
                                + ", "
                                + MODELS
                                + " or all");
            }
        }
        topics.add("queries");
        return topics.stream().distinct().toList();
    }
}
