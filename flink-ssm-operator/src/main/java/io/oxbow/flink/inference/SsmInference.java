package io.oxbow.flink.inference;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.order.ReorderOperator;
import java.io.IOException;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.function.SerializableFunction;

/**
 * A model running over every stream of a job, one memory a stream.
 *
 * <pre>{@code
 * SsmInference inference =
 *         SsmInference.from(readings)
 *                 .streamId(Reading::sensor)
 *                 .eventTime(Reading::millis)
 *                 .values(Reading::channels)
 *                 .model("memory")
 *                 .option(OxbowOptions.MODEL_INPUT_DIM, 3)
 *                 .build();
 *
 * inference.inferences().filter(i -> i.pValue() < 1e-4).print();
 * inference.rejected().sinkTo(deadLetters);
 * }</pre>
 *
 * Options are taken from the environment's configuration; those given to the builder win.
 */
public final class SsmInference {
    private final SingleOutputStreamOperator<StreamSignal> signals;
    private final DataStream<ModelVerdict> modelVerdicts;
    private final String uid;
    private DataStream<Inference> inferences;

    private SsmInference(
            SingleOutputStreamOperator<StreamSignal> signals,
            DataStream<ModelVerdict> modelVerdicts,
            String uid) {
        this.signals = signals;
        this.modelVerdicts = modelVerdicts;
        this.uid = uid;
    }

    /** Starts from events made elsewhere; a stream that is keyed must be keyed by stream id. */
    public static Builder on(DataStream<StreamEvent> events) {
        return new Builder(events, uid -> events);
    }

    /** Starts from records of any kind; say where in them the event is. */
    public static <T> Records<T> from(DataStream<T> records) {
        return new Records<>(records);
    }

    /**
     * Everything the operator says: inferences, restarts of a memory, and the questions handed on,
     * each in the order of its stream's events. Keyed by stream id in all but type: the summariser
     * continues on the same keys without a shuffle.
     */
    public SingleOutputStreamOperator<StreamSignal> signals() {
        return signals;
    }

    /** The inferences alone. */
    public DataStream<Inference> inferences() {
        if (inferences == null) {
            inferences =
                    signals.flatMap(new InferencesOnly())
                            .returns(EventTypes.INFERENCE)
                            .name("Inferences")
                            .uid(uid + "-inferences");
        }
        return inferences;
    }

    /** Observations older than the newest of their stream; their streams' states are untouched. */
    public DataStream<Observation> late() {
        return signals.getSideOutput(SideOutputs.LATE);
    }

    /** Observations the model cannot take; their streams' states are untouched. */
    public DataStream<Rejected> rejected() {
        return signals.getSideOutput(SideOutputs.REJECTED);
    }

    /** What became of each update of the model, in order; null without {@link Builder#models}. */
    public DataStream<ModelVerdict> modelVerdicts() {
        return modelVerdicts;
    }

    /**
     * Where in a record the event is. Ends with {@link #values}.
     *
     * @param <T> the record
     */
    public static final class Records<T> {
        private final DataStream<T> records;
        private SerializableFunction<T, String> streamId;
        private SerializableFunction<T, Long> eventTime;
        private SerializableFunction<T, Long> sequence;

        private Records(DataStream<T> records) {
            this.records = records;
        }

        /** The stream a record belongs to: a camera, a sensor, a machine. */
        public Records<T> streamId(SerializableFunction<T, String> streamId) {
            this.streamId = streamId;
            return this;
        }

        /** When it happened, milliseconds since the epoch. */
        public Records<T> eventTime(SerializableFunction<T, Long> eventTime) {
            this.eventTime = eventTime;
            return this;
        }

        /** A number that rises by one a record of the stream; repeated ones are then dropped. */
        public Records<T> sequence(SerializableFunction<T, Long> sequence) {
            this.sequence = sequence;
            return this;
        }

        /** The channels; as many floats as the model takes. */
        public Builder values(SerializableFunction<T, float[]> values) {
            if (streamId == null || eventTime == null) {
                throw new IllegalStateException(
                        "say streamId(..) and eventTime(..) of a record before values(..)");
            }
            RecordToEvent<T> toEvent = new RecordToEvent<>(streamId, eventTime, sequence, values);
            return new Builder(
                    records,
                    uid ->
                            records.map(toEvent)
                                    .returns(EventTypes.STREAM_EVENT)
                                    .name("Records to events")
                                    .uid(uid + "-records"));
        }
    }

    /** Collects what to run, and how. */
    public static final class Builder {
        private static final String NAME = "Oxbow inference";

        private final Configuration options = new Configuration();
        private final Function<String, DataStream<StreamEvent>> events;
        private DataStream<Query> queries;
        private DataStream<ModelUpdate> models;
        private ModelSource source;
        private VectorMeanings meanings = VectorMeanings.NONE;
        private String uid = "oxbow-inference";
        private int parallelism;

        /**
         * @param input what the events are made of
         * @param events makes them, given the uid
         */
        private Builder(DataStream<?> input, Function<String, DataStream<StreamEvent>> events) {
            this.events = events;
            options.addAll(
                    Configuration.fromMap(
                            input.getExecutionEnvironment().getConfiguration().toMap()));
        }

        /** Sets questions among the events of the streams they are about. */
        public Builder queries(DataStream<Query> queries) {
            this.queries = queries;
            return this;
        }

        /**
         * Lets the job go over to other models while it runs. Each is tried before it is let
         * through; one that cannot be is refused, and the job goes on with the one it has. The last
         * that was let through is the job's model also after a restart, whatever {@link
         * OxbowOptions#MODEL_URI} says.
         */
        public Builder models(DataStream<ModelUpdate> models) {
            this.models = models;
            return this;
        }

        /** A built-in model's name or a model's address, as {@link OxbowOptions#MODEL_URI}. */
        public Builder model(String reference) {
            return option(OxbowOptions.MODEL_URI, reference);
        }

        /** A model of one's own making, instead of {@link OxbowOptions#MODEL_URI}. */
        public Builder model(ModelSource source) {
            this.source = source;
            return this;
        }

        /** What the vectors are, by their encoders: says which channel is the activity. */
        public Builder vectorMeanings(VectorMeanings meanings) {
            this.meanings = meanings;
            return this;
        }

        /** Takes over all options set in {@code options}. */
        public Builder options(ReadableConfig options) {
            this.options.addAll(Configuration.fromMap(options.toMap()));
            return this;
        }

        public <T> Builder option(ConfigOption<T> option, T value) {
            options.set(option, value);
            return this;
        }

        /** The identity of the operator's state in savepoints; change it when there are two. */
        public Builder uid(String uid) {
            this.uid = uid;
            return this;
        }

        /** Tasks to spread the streams over; the environment's parallelism if not said. */
        public Builder parallelism(int parallelism) {
            this.parallelism = parallelism;
            return this;
        }

        /**
         * Loads the model here and now, so that a broken one is refused before the job is
         * submitted. For models this machine can read.
         *
         * @throws IllegalArgumentException if an option makes no sense or does not fit the model
         * @throws IOException if the model cannot be read
         */
        public Builder verifyModel() throws IOException {
            PreparedModel.load(
                            source(),
                            InferenceSettings.of(options, meanings),
                            0,
                            getClass().getClassLoader())
                    .close();
            return this;
        }

        private ModelSource source() {
            return source != null ? source : ReferencedModel.of(options);
        }

        private DataStream<StreamEvent> input() {
            DataStream<StreamEvent> input = events.apply(uid);
            if (queries == null) {
                return input;
            }
            return input.union(
                    queries.map(query -> (StreamEvent) query)
                            .returns(EventTypes.STREAM_EVENT)
                            .name("Questions")
                            .uid(uid + "-questions"));
        }

        /** Streams already keyed stay where they are: the step before keyed them by stream. */
        private static KeyedStream<StreamEvent, String> byStream(DataStream<StreamEvent> events) {
            if (events instanceof KeyedStream<StreamEvent, ?> keyed
                    && keyed.getKeyType().equals(Types.STRING)) {
                @SuppressWarnings("unchecked")
                var byStream = (KeyedStream<StreamEvent, String>) keyed;
                return byStream;
            }
            return events.keyBy(StreamEvent::streamId, Types.STRING);
        }

        /**
         * Puts the operator into the job.
         *
         * @throws IllegalArgumentException if an option makes no sense
         */
        public SsmInference build() {
            InferenceSettings settings = InferenceSettings.of(options, meanings);
            KeyedStream<StreamEvent, String> events = byStream(input());
            if (settings.reorderMillis() > 0) {
                events = inOrder(events, settings);
            }
            if (models == null) {
                return new SsmInference(
                        spread(
                                events.transform(
                                                NAME,
                                                EventTypes.STREAM_SIGNAL,
                                                new SsmInferenceOperator(source(), settings))
                                        .uid(uid)),
                        null,
                        uid);
            }
            OfferedModels offered = ReferencedModel.of(options);
            SingleOutputStreamOperator<ModelVerdict> verdicts =
                    models.transform(
                                    "Oxbow models",
                                    EventTypes.MODEL_VERDICT,
                                    new ModelGate(source(), offered, settings))
                            .forceNonParallel()
                            .uid(uid + "-models");
            return new SsmInference(
                    spread(
                            events.connect(verdicts.broadcast())
                                    .transform(
                                            NAME,
                                            EventTypes.STREAM_SIGNAL,
                                            new SwappingInferenceOperator(
                                                    source(), offered, settings))
                                    .uid(uid)),
                    verdicts,
                    uid);
        }

        private KeyedStream<StreamEvent, String> inOrder(
                KeyedStream<StreamEvent, String> events, InferenceSettings settings) {
            SingleOutputStreamOperator<StreamEvent> ordered =
                    events.transform(
                                    "Oxbow order",
                                    EventTypes.STREAM_EVENT,
                                    new ReorderOperator(
                                            settings.reorderMillis(), settings.maxAhead()))
                            .uid(uid + "-order");
            return DataStreamUtils.reinterpretAsKeyedStream(
                    spread(ordered), StreamEvent::streamId, Types.STRING);
        }

        private <T> SingleOutputStreamOperator<T> spread(SingleOutputStreamOperator<T> operator) {
            return parallelism > 0 ? operator.setParallelism(parallelism) : operator;
        }
    }
}
