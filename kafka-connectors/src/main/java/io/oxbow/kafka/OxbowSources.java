package io.oxbow.kafka;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.IdleWatermarks;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The inputs of a job.
 *
 * <pre>
 * features, sensors --> EventDeserializer --> split --> events ----+--> union --> keyBy(streamId)
 *                                               \--> dead letters  |
 * queries ------------> EventDeserializer --> split --> events ----+
 *                                               \--> dead letters
 * models --> ModelUpdateDeserializer --> split --> updates
 *                                          \--> dead letters
 * </pre>
 *
 * Questions and models have sources of their own that are always idle: their time is the asker's,
 * and must not move or hold the watermark of the streams.
 */
public final class OxbowSources {
    private OxbowSources() {}

    /**
     * Adds the sources to a job. The operators keep their identity across savepoints.
     *
     * @param boundedness {@link Boundedness#BOUNDED} ends at the records that are there at the
     *     start
     */
    public static StreamInputs read(
            StreamExecutionEnvironment env,
            ReadableConfig config,
            EventExpectation expectation,
            Boundedness boundedness) {
        List<String> inputs = new ArrayList<>(config.get(KafkaOptions.INPUTS));
        boolean readsQueries = inputs.remove(io.oxbow.kafka.EventTypes.QUERY.name());
        boolean readsModels = inputs.remove(io.oxbow.kafka.EventTypes.MODEL_UPDATE.name());
        DataStream<StreamEvent> seen = null;
        DataStream<StreamEvent> questions = null;
        DataStream<DeadLetter> deadLetters = null;
        if (!inputs.isEmpty()) {
            SingleOutputStreamOperator<StreamEvent> observations =
                    split(
                            env,
                            source(config, topics(config, inputs), expectation, boundedness),
                            observationWatermarks(config),
                            "observations");
            seen = observations;
            deadLetters = observations.getSideOutput(DecodedSplitter.DEAD_LETTERS);
        }
        if (readsQueries) {
            List<String> topics = topics(config, List.of(io.oxbow.kafka.EventTypes.QUERY.name()));
            SingleOutputStreamOperator<StreamEvent> queries =
                    split(
                            env,
                            source(config, topics, expectation, boundedness),
                            queryWatermarks(),
                            "queries");
            DataStream<DeadLetter> refused = queries.getSideOutput(DecodedSplitter.DEAD_LETTERS);
            questions = queries;
            deadLetters = deadLetters == null ? refused : deadLetters.union(refused);
        }
        if (seen == null && questions == null) {
            throw new IllegalArgumentException(
                    KafkaOptions.INPUTS.key() + " names no topic to read; give it one or more.");
        }
        if (!readsModels) {
            return new StreamInputs(seen, questions, null, deadLetters);
        }
        SingleOutputStreamOperator<ModelUpdate> models = models(env, config, boundedness);
        return new StreamInputs(
                seen,
                questions,
                models,
                deadLetters.union(models.getSideOutput(DecodedSplitter.DEAD_LETTERS)));
    }

    /** Read by one task, so that updates keep their order. */
    private static SingleOutputStreamOperator<ModelUpdate> models(
            StreamExecutionEnvironment env, ReadableConfig config, Boundedness boundedness) {
        KafkaSource<Decoded> source =
                source(
                        config,
                        topics(config, List.of(io.oxbow.kafka.EventTypes.MODEL_UPDATE.name())),
                        new ModelUpdateDeserializer(config),
                        boundedness);
        return env.fromSource(source, queryWatermarks(), "read models", KafkaTypeInfo.DECODED)
                .setParallelism(1)
                .uid("oxbow-read-models")
                .process(DecodedSplitter.ofModels(), EventTypes.MODEL_UPDATE)
                .setParallelism(1)
                .name("refuse damaged models")
                .uid("oxbow-split-models");
    }

    /** A source of one or more topics of observations or questions. */
    public static KafkaSource<Decoded> source(
            ReadableConfig config,
            List<String> topics,
            EventExpectation expectation,
            Boundedness boundedness) {
        return source(config, topics, new EventDeserializer(expectation, config), boundedness);
    }

    private static KafkaSource<Decoded> source(
            ReadableConfig config,
            List<String> topics,
            KafkaRecordDeserializationSchema<Decoded> deserializer,
            Boundedness boundedness) {
        Properties properties = new Properties();
        properties.setProperty("isolation.level", "read_committed");
        properties.putAll(KafkaOptions.clientProperties(config));
        KafkaSourceBuilder<Decoded> source =
                KafkaSource.<Decoded>builder()
                        .setProperties(properties)
                        .setTopics(topics)
                        .setGroupId(config.get(KafkaOptions.GROUP_ID))
                        .setStartingOffsets(startingOffsets(config))
                        .setDeserializer(deserializer);
        if (boundedness == Boundedness.BOUNDED) {
            source.setBounded(OffsetsInitializer.latest());
        }
        return source.build();
    }

    /** Event time of observations, bounded out-of-orderness, idle partitions let go. */
    public static WatermarkStrategy<Decoded> observationWatermarks(ReadableConfig config) {
        Duration outOfOrderness = config.get(KafkaOptions.MAX_OUT_OF_ORDERNESS);
        Duration idleness = config.get(KafkaOptions.IDLENESS);
        Duration maxJump = config.get(OxbowOptions.TIME_MAX_JUMP);
        return WatermarkStrategy.<Decoded>forGenerator(
                        context ->
                                new ObservationWatermarks(
                                        outOfOrderness,
                                        idleness,
                                        context.getInputActivityClock(),
                                        maxJump))
                .withTimestampAssigner(OxbowSources::timestamp);
    }

    /** No watermarks, always idle: for questions, and for models. */
    public static WatermarkStrategy<Decoded> queryWatermarks() {
        return WatermarkStrategy.<Decoded>forGenerator(context -> new IdleWatermarks<>())
                .withTimestampAssigner(OxbowSources::timestamp);
    }

    private static long timestamp(Decoded decoded, long recordTimestamp) {
        return decoded instanceof Decoded.Accepted accepted
                ? accepted.event().eventTime()
                : recordTimestamp;
    }

    private static SingleOutputStreamOperator<StreamEvent> split(
            StreamExecutionEnvironment env,
            KafkaSource<Decoded> source,
            WatermarkStrategy<Decoded> watermarks,
            String name) {
        return env.fromSource(source, watermarks, "read " + name, KafkaTypeInfo.DECODED)
                .uid("oxbow-read-" + name)
                .process(DecodedSplitter.ofEvents(), EventTypes.STREAM_EVENT)
                .name("refuse damaged " + name)
                .uid("oxbow-split-" + name);
    }

    private static List<String> topics(ReadableConfig config, List<String> inputs) {
        List<String> topics = new ArrayList<>(inputs.size());
        for (String input : inputs) {
            topics.add(
                    ForeignInputs.names().contains(input)
                            ? ForeignInputs.topic(config, input)
                            : KafkaOptions.topic(config, io.oxbow.kafka.EventTypes.named(input)));
        }
        return topics;
    }

    /** The connector still asks for the deprecated type. */
    @SuppressWarnings("deprecation")
    private static OffsetsInitializer startingOffsets(ReadableConfig config) {
        return switch (config.get(KafkaOptions.STARTING_OFFSETS)) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }
}
