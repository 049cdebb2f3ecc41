package io.oxbow.jobs.model;

import io.oxbow.arch.ModelException;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.inference.InspectedModel;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.ask.AnswerReader;
import io.oxbow.jobs.cli.DurationConverter;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import io.oxbow.kafka.event.Answer;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a running job go over to another model. */
@Command(
        name = "swap",
        description = {
            "Have a running job go over to another model.",
            "The job must read the topic of models (run --input ...,models).",
            "The model is opened here first, then tried by the job, which goes on with the one it",
            "has if it cannot use this one."
        })
public final class ModelSwapCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;

    /** Not inherited: {@code --version} is the model's here. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Parameters(
            paramLabel = "URI",
            description =
                    "Directory with config.json and safetensors, or a safetensors file, that this"
                            + " machine and the job's can read; or the word memory.")
    private String uri;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description =
                    "SHA-256 the weights file must have; that of the file as read here if not"
                            + " given.")
    private String sha256;

    @Option(
            names = "--model-id",
            paramLabel = "NAME",
            description = "Name of the job's model, for people; 'model' if not given.")
    private String modelId = "model";

    @Option(
            names = "--version",
            paramLabel = "N",
            description =
                    "Must be above that of the swap before; milliseconds since 1970 if not given.")
    private Long version;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Patience.class,
            description =
                    "How long to wait for what the job makes of it; 60s if not given, 0s not at"
                            + " all.")
    private Duration timeout = Duration.ofSeconds(60);

    /** A duration, or none. */
    static final class Patience implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return text.strip().matches("0(ms|s|m|min|h|d)?")
                    ? Duration.ZERO
                    : new DurationConverter().convert(text);
        }
    }

    /**
     * What was offered and what became of it.
     *
     * @param sha256 of the weights file; empty if there is none, or several
     * @param layout fingerprint of the state's layout; states go on if it is the old model's
     * @param status {@code ok}, {@code refused}, or {@code sent} if nobody waited
     * @param text one sentence
     */
    record Swap(
            String modelId,
            long version,
            String model,
            String architecture,
            String sha256,
            String fingerprint,
            String layout,
            long stateBytes,
            String status,
            String text) {}

    @Override
    public Integer call() throws Exception {
        Configuration options = arguments.configuration();
        InspectedModel inspected = inspect(options);
        output.note(
                "%s, sha256 %s, layout %016x"
                        .formatted(
                                inspected.model().name(),
                                inspected.sha256().isEmpty() ? "none" : inspected.sha256(),
                                inspected.model().plan().layout().fingerprint()));
        long now = System.currentTimeMillis();
        ModelUpdate update =
                new ModelUpdate(
                        modelId,
                        version == null ? now : version,
                        inspected.model().name(),
                        inspected.sha256(),
                        now,
                        Origin.NONE);
        OxbowTopics.createMissing(options);
        boolean waits = !timeout.isZero();
        try (AnswerReader answers = new AnswerReader(options);
                EventProducer updates = new EventProducer(options)) {
            updates.send(EventMappings.MODEL_UPDATE, update);
            updates.flush();
            if (!waits) {
                print(update, inspected.model(), "sent", "sent, not waited for");
                return 0;
            }
            Answer answer =
                    answers.await(ModelAnswers.queryId(update), timeout)
                            .orElseThrow(() -> new IllegalStateException(silence(options)));
            print(update, inspected.model(), answer.getStatus(), answer.getText());
            if (!answer.getStatus().equals(ModelAnswers.OK)) {
                throw new UserMistake("the job goes on with the model it has: " + answer.getText());
            }
        }
        return 0;
    }

    private InspectedModel inspect(Configuration options) {
        Configuration own = new Configuration(options);
        own.set(OxbowOptions.MODEL_URI, address());
        own.removeConfig(OxbowOptions.MODEL_SHA256);
        if (sha256 != null) {
            own.set(OxbowOptions.MODEL_SHA256, sha256);
        }
        try {
            return InspectedModel.read(own);
        } catch (ModelException | IllegalArgumentException | IOException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }

    /** A path of this machine whole, since the job was started elsewhere. */
    private String address() {
        boolean isPath =
                !uri.equals(MemoryModel.NAME) && !uri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
        return isPath ? Path.of(uri).toAbsolutePath().normalize().toString() : uri;
    }

    private void print(ModelUpdate update, SsmModel model, String status, String text) {
        Swap swap =
                new Swap(
                        update.modelId(),
                        update.version(),
                        update.uri(),
                        model.architecture(),
                        update.sha256(),
                        "%016x".formatted(model.fingerprint()),
                        "%016x".formatted(model.plan().layout().fingerprint()),
                        model.plan().layout().bytes(),
                        status,
                        text);
        if (status.equals(ModelAnswers.OK) || timeout.isZero()) {
            output.result(swap, "%s: %s".formatted(update.uri(), text));
        } else {
            output.jsonOnly(swap);
        }
    }

    private String silence(Configuration options) {
        return "the job said nothing of the model within "
                + timeout.toSeconds()
                + " s: does it run on "
                + options.get(KafkaOptions.BOOTSTRAP_SERVERS)
                + " and read "
                + KafkaOptions.topic(options, EventTypes.MODEL_UPDATE)
                + " (oxbow.kafka.inputs)? It goes over to the model once it does";
    }
}
