package io.oxbow.flink.event;

import java.util.List;

/**
 * The Flink types of all events: no event is ever written by Kryo.
 *
 * <p>A new event is a codec and a line here.
 */
public final class EventTypes {
    public static final EventTypeInfo<Observation> OBSERVATION =
            new EventTypeInfo<>(new ObservationCodec());
    public static final EventTypeInfo<Query> QUERY = new EventTypeInfo<>(new QueryCodec());
    public static final EventTypeInfo<Recording> RECORDING =
            new EventTypeInfo<>(new RecordingCodec());
    public static final EventTypeInfo<StreamEvent> STREAM_EVENT =
            new EventTypeInfo<>(
                    new UnionCodec<>(
                            "stream-event",
                            1,
                            StreamEvent.class,
                            List.of(OBSERVATION.codec(), QUERY.codec(), RECORDING.codec())));

    public static final EventTypeInfo<Inference> INFERENCE =
            new EventTypeInfo<>(new InferenceCodec());
    public static final EventTypeInfo<StateReset> STATE_RESET =
            new EventTypeInfo<>(new StateResetCodec());
    public static final EventTypeInfo<Foresight> FORESIGHT =
            new EventTypeInfo<>(new ForesightCodec(QUERY.codec()));
    public static final EventTypeInfo<StreamSignal> STREAM_SIGNAL =
            new EventTypeInfo<>(
                    new UnionCodec<>(
                            "stream-signal",
                            2,
                            StreamSignal.class,
                            List.of(
                                    INFERENCE.codec(),
                                    STATE_RESET.codec(),
                                    QUERY.codec(),
                                    FORESIGHT.codec())));

    public static final EventTypeInfo<Rejected> REJECTED =
            new EventTypeInfo<>(new RejectedCodec(OBSERVATION.codec()));

    public static final EventTypeInfo<Summary> SUMMARY = new EventTypeInfo<>(new SummaryCodec());
    public static final EventTypeInfo<Anomaly> ANOMALY = new EventTypeInfo<>(new AnomalyCodec());
    public static final EventTypeInfo<Answer> ANSWER = new EventTypeInfo<>(new AnswerCodec());

    /** Whom a question for a group was put to. */
    public static final EventTypeInfo<Roster> ROSTER =
            new EventTypeInfo<>(new RosterCodec(QUERY.codec()));

    public static final EventTypeInfo<ModelUpdate> MODEL_UPDATE =
            new EventTypeInfo<>(new ModelUpdateCodec());
    public static final EventTypeInfo<ModelVerdict> MODEL_VERDICT =
            new EventTypeInfo<>(new ModelVerdictCodec(MODEL_UPDATE.codec()));

    private static final List<EventTypeInfo<?>> ALL =
            List.of(
                    OBSERVATION,
                    QUERY,
                    RECORDING,
                    STREAM_EVENT,
                    INFERENCE,
                    STATE_RESET,
                    FORESIGHT,
                    STREAM_SIGNAL,
                    REJECTED,
                    SUMMARY,
                    ANOMALY,
                    ANSWER,
                    ROSTER,
                    MODEL_UPDATE,
                    MODEL_VERDICT);

    private EventTypes() {}

    /** Every event type. */
    public static List<EventTypeInfo<?>> all() {
        return ALL;
    }

    /**
     * The type whose codec has that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static EventTypeInfo<?> named(String name) {
        for (EventTypeInfo<?> type : ALL) {
            if (type.codec().name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "no event type is called '" + name + "'; was it written by a later release?");
    }

    /**
     * The type of exactly that class.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings("unchecked")
    static <T> EventTypeInfo<T> of(Class<T> type) {
        for (EventTypeInfo<?> candidate : ALL) {
            if (candidate.getTypeClass() == type) {
                return (EventTypeInfo<T>) candidate;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no line in EventTypes");
    }
}
