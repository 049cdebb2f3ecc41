package io.oxbow.flink.inference;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.util.function.SerializableFunction;

/** Makes an observation of a user's record. */
final class RecordToEvent<T> implements MapFunction<T, StreamEvent> {
    private static final long serialVersionUID = 1L;
    private static final float[] NO_CHANNELS = {};

    private final SerializableFunction<T, String> streamId;
    private final SerializableFunction<T, Long> eventTime;
    private final SerializableFunction<T, Long> sequence;
    private final SerializableFunction<T, float[]> values;

    /**
     * @param sequence null if records are not numbered
     */
    RecordToEvent(
            SerializableFunction<T, String> streamId,
            SerializableFunction<T, Long> eventTime,
            SerializableFunction<T, Long> sequence,
            SerializableFunction<T, float[]> values) {
        this.streamId = streamId;
        this.eventTime = eventTime;
        this.sequence = sequence;
        this.values = values;
    }

    @Override
    public StreamEvent map(T record) {
        long time = eventTime.apply(record);
        long seq = sequence == null ? Observation.UNNUMBERED : sequence.apply(record);
        float[] channels = values.apply(record);
        return new Observation(
                streamId.apply(record),
                0,
                seq,
                time,
                time,
                0,
                channels == null ? NO_CHANNELS : channels,
                Health.OK,
                Origin.NONE);
    }
}
