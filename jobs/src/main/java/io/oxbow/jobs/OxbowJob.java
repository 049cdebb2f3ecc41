package io.oxbow.jobs;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.group.GroupQueries;
import io.oxbow.flink.inference.ModelSource;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.flink.summary.StreamSummaries;
import io.oxbow.jobs.encoding.Encoding;
import io.oxbow.jobs.encoding.FrameEncoders;
import io.oxbow.jobs.model.ModelAnswers;
import io.oxbow.kafka.DeadLetters;
import io.oxbow.kafka.EventExpectation;
import io.oxbow.kafka.EventMapping;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.KafkaTypeInfo;
import io.oxbow.kafka.OxbowSinks;
import io.oxbow.kafka.OxbowSources;
import io.oxbow.kafka.OxbowTopics;
import io.oxbow.kafka.RefusedModels;
import io.oxbow.kafka.StreamInputs;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The main job, from Kafka to Kafka, exactly once.
 *
 * <pre>
 * features, sensors,
 *   frames, audio -----\                                     /-> inferences
 *                       +-> Encoding -> SsmInference -------+--> StreamSummarizer -> summaries,
 * queries --> groups --/        |           |                    |     anomalies
 *        |                      |           |                    \-> groups -> answers
 *        |                      | rejected  | rejected, late
 *        +-- unreadable --------+-----------+--> dead-letters
 *
 * models, if read --> tried by one task --> SsmInference goes over to them
 *                           \--> answers, dead-letters
 * </pre>
 *
 * Every operator has a uid of its own, so that a savepoint finds its state in a later version.
 */
public final class OxbowJob {
    private static final String LATE_STAGE = "late";
    private static final String LATE_REASON = "the event is older than the newest of its stream";

    private OxbowJob() {}

    /** The command line of a submitted job. */
    @Command(
            name = "flink run oxbow-flink-job.jar",
            description = "Oxbow's job: a memory for every stream, from Kafka to Kafka.")
    private static final class Submission {
        @Mixin private JobArguments arguments;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help message and exit.")
        private boolean help;
    }

    /** What {@code flink run} starts; see {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        Submission submission = new Submission();
        CommandLine line = new CommandLine(submission);
        line.parseArgs(arguments);
        if (line.isUsageHelpRequested()) {
            line.usage(System.out);
            return;
        }
        Configuration options = submission.arguments.configuration();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        environment.configure(JobConfiguration.defaultsBeside(environment.getConfiguration()));
        OxbowTopics.createMissing(options);
        build(environment, options);
        environment.execute("Oxbow");
    }

    /**
     * Puts the job's operators on {@code environment}, whose own options (checkpoints, state
     * backend) are left to the caller.
     *
     * @param given options of Kafka, the model, the operators and this job
     * @throws IOException if the model cannot be read
     */
    public static void build(StreamExecutionEnvironment environment, Configuration given)
            throws IOException {
        Optional<FrameEncoder> own = ownEncoder(given);
        Configuration options = InputWidth.fill(given, own);
        // Read here too, so that a broken model is refused before there is a job, and an event that
        // does not fit it while its original bytes are at hand.
        ModelSource source = ModelSource.of(options);
        SsmModel model = source.load();
        StreamInputs inputs =
                OxbowSources.read(
                        environment,
                        options,
                        new EventExpectation(
                                model.inputDim(),
                                options.get(JobOptions.PAD_VECTORS),
                                model.encoderHash().orElse((long) EventExpectation.ANY)),
                        Boundedness.CONTINUOUS_UNBOUNDED);
        VectorMeanings meanings =
                KnownEncoders.meanings(model.inputDim(), options.get(JobOptions.PAD_VECTORS), own);
        boolean asksGroups = inputs.observations() != null && inputs.questions() != null;
        GroupQueries groups =
                asksGroups
                        ? GroupQueries.fanOut(inputs.observations(), inputs.questions(), options)
                        : null;
        Encoding encoding =
                Encoding.of(
                        asksGroups ? groups.events() : inputs.events(), options, model.inputDim());
        SsmInference inference =
                SsmInference.on(encoding.events())
                        .options(options)
                        .model(source)
                        .models(inputs.models())
                        .vectorMeanings(meanings)
                        .build();
        StreamSummaries said =
                StreamSummaries.of(inference.signals())
                        .options(options)
                        .vectorMeanings(meanings)
                        .build();
        DataStream<Answer> answers = asksGroups ? groups.gather(said.answers()) : said.answers();
        if (inputs.models() != null) {
            answers = answers.union(verdicts(inference));
        }
        if (options.get(JobOptions.WRITE_INFERENCES)) {
            write(inference.inferences(), EventMappings.INFERENCE, options);
        }
        write(said.anomalies(), EventMappings.ANOMALY, options);
        write(said.summaries(), EventMappings.SUMMARY, options);
        write(answers, EventMappings.ANSWER, options);
        said.summaries()
                .sinkTo(OxbowSinks.latestSummaries(options))
                .name("write latest summaries")
                .uid("oxbow-write-summaries-latest");
        deadLetters(inputs, encoding, inference, options)
                .sinkTo(OxbowSinks.deadLetters(options))
                .name("write dead-letters")
                .uid("oxbow-write-dead-letters");
    }

    /** For what its vectors mean: the tasks load the model again. */
    private static Optional<FrameEncoder> ownEncoder(Configuration options) {
        try (FrameEncoders encoders = FrameEncoders.of(options)) {
            return encoders.named();
        }
    }

    private static DataStream<Answer> verdicts(SsmInference inference) {
        return inference
                .modelVerdicts()
                .map(new ModelAnswers())
                .returns(EventTypes.ANSWER)
                .setParallelism(1)
                .name("answers about models")
                .uid("oxbow-model-answers");
    }

    private static DataStream<DeadLetter> deadLetters(
            StreamInputs inputs,
            Encoding encoding,
            SsmInference inference,
            ReadableConfig options) {
        DataStream<Rejected> refused = inference.rejected().union(encoding.rejected());
        if (options.get(JobOptions.LATE_EVENTS) == JobOptions.LateEvents.DEAD_LETTERS) {
            refused =
                    refused.union(
                            inference
                                    .late()
                                    .map(OxbowJob::tooLate)
                                    .returns(EventTypes.REJECTED)
                                    .name("late events")
                                    .uid("oxbow-late"));
        }
        DataStream<DeadLetter> letters =
                inputs.deadLetters()
                        .union(
                                refused.map(new DeadLetters(options))
                                        .returns(KafkaTypeInfo.DEAD_LETTER)
                                        .name("refused events")
                                        .uid("oxbow-refused"));
        if (inputs.models() == null) {
            return letters;
        }
        return letters.union(
                inference
                        .modelVerdicts()
                        .flatMap(new RefusedModels(options))
                        .setParallelism(1)
                        .name("refused models")
                        .uid("oxbow-refused-models"));
    }

    private static Rejected tooLate(Observation event) {
        return new Rejected(event, LATE_STAGE, LATE_REASON);
    }

    private static <V, R extends SpecificRecordBase> void write(
            DataStream<V> values, EventMapping<V, R> mapping, ReadableConfig options) {
        String name = mapping.type().name();
        values.sinkTo(OxbowSinks.sink(mapping, options))
                .name("write " + name)
                .uid("oxbow-write-" + name);
    }
}
