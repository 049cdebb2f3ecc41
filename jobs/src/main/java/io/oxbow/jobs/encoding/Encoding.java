package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The step before the model: recordings in, observations out, by stream. */
public final class Encoding {
    private final SingleOutputStreamOperator<StreamEvent> encoded;

    private Encoding(SingleOutputStreamOperator<StreamEvent> encoded) {
        this.encoded = encoded;
    }

    /**
     * Puts the step after {@code events}.
     *
     * @param inputDim values that the model takes
     */
    public static Encoding of(
            DataStream<StreamEvent> events, ReadableConfig options, int inputDim) {
        EncodingSettings settings = EncodingSettings.of(options, inputDim);
        return new Encoding(
                events.keyBy(StreamEvent::streamId, Types.STRING)
                        .process(new EncodingFunction(settings), EventTypes.STREAM_EVENT)
                        .name("Encode recordings")
                        .uid("oxbow-encoding"));
    }

    /** Observations and questions, still where their stream's key puts them. */
    public KeyedStream<StreamEvent, String> events() {
        return DataStreamUtils.reinterpretAsKeyedStream(
                encoded, StreamEvent::streamId, Types.STRING);
    }

    /** Recordings that could not be encoded. */
    public DataStream<Rejected> rejected() {
        return encoded.getSideOutput(EncodingFunction.REJECTED);
    }
}
